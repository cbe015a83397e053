// Returns {faint, smallest, widest, dark} of the visible page: every text too faint for WCAG AA (4.5, or 3 for large
// letters) against the colours behind it, the smallest letters and the widest text in CSS pixels, and whether
// there are rules for dark mode.
() => {
  const rgba = c => {
    const n = c.match(/[\d.]+/g).map(Number);
    return [n[0], n[1], n[2], n[3] ?? 1];
  };
  const mix = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const luminance = c => {
    const linear = v => ((v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
  };
  const probe = document.createElement('div');
  probe.style.background = 'Canvas';
  document.body.append(probe);
  const canvas = rgba(getComputedStyle(probe).backgroundColor);
  probe.remove();
  const behind = e => {
    const stack = [];
    for (; e; e = e.parentElement) {
      const colour = rgba(getComputedStyle(e).backgroundColor);
      if (colour[3]) stack.push(colour);
      if (colour[3] === 1) break;
    }
    return stack.reverse().reduce((under, top) => mix(top, under), canvas);
  };
  const opacity = e => {
    let alpha = 1;
    for (; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (style.overflow !== 'visible' && !e.getBoundingClientRect().height) return 0;
      alpha *= +style.opacity;
    }
    return alpha;
  };
  const faint = [];
  let smallest = 99;
  let widest = document.documentElement.scrollWidth;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const e = node.parentElement;
    const words = node.data.replace(/[\s\u034f\u200b-\u200f\ufeff]+/g, ' ').trim();
    if (!words || e.closest('script,style,title') || !e.checkVisibility({visibilityProperty: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const alpha = opacity(e);
    if (!alpha || !range.getClientRects().length) continue;
    const style = getComputedStyle(e);
    const size = parseFloat(style.fontSize);
    const under = behind(e);
    const own = rgba(style.color);
    const a = luminance(mix([own[0], own[1], own[2], own[3] * alpha], under));
    const b = luminance(under);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const large = size >= 24 || (size >= 18.66 && +style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) faint.push(words.slice(0, 30) + ' ' + ratio.toFixed(2));
    smallest = Math.min(smallest, size);
    widest = Math.max(widest, range.getBoundingClientRect().right);
  }
  const dark = [...document.styleSheets].some(sheet =>
    [...sheet.cssRules].some(rule => /prefers-color-scheme:\s*dark/.test(rule.media?.mediaText ?? '')));
  return {faint, smallest, widest: Math.round(widest), dark};
}
