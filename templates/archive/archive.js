/* The archive needs no script; this one only opens what is folded away before it is printed or linked to. */
(function () {
  "use strict";
  function all(open) {
    document.querySelectorAll("main details").forEach(function (one) {
      if (open) { one.dataset.was = one.open ? "1" : ""; one.open = true; }
      else { one.open = one.dataset.was === "1"; }
    });
  }
  window.addEventListener("beforeprint", function () { all(true); });
  window.addEventListener("afterprint", function () { all(false); });
})();
