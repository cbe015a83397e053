/* The archive needs no script; this one only opens what is folded away before it is printed, and lets "/" lead to the
   search box. */
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
  document.addEventListener("keydown", function (event) {
    var box = document.querySelector(".look input"), typing = document.activeElement.matches("input, select, textarea");
    if (event.key !== "/" || !box || typing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    event.preventDefault();
    box.focus();
  });
})();
