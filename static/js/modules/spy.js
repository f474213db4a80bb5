/* Table of contents follows the reading: <nav data-spy> with links to ids in the page. */

export function start(nav) {
  const links = new Map();
  for (const link of nav.querySelectorAll('a[href^="#"]')) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target) links.set(target, link);
  }
  const visible = new Set();
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) visible.add(entry.target);
      else visible.delete(entry.target);
    }
    const here = [...links.keys()].find((target) => visible.has(target));
    if (here) mark(links, here);
  }, { rootMargin: "-20% 0px -55% 0px" });
  links.forEach((_, target) => observer.observe(target));
}

function mark(links, here) {
  links.forEach((link, target) => {
    if (target === here) {
      link.setAttribute("aria-current", "true");
      const strip = link.closest("ul");
      if (strip && strip.scrollWidth > strip.clientWidth) strip.scrollTo({ left: link.offsetLeft - 24 });
    } else {
      link.removeAttribute("aria-current");
    }
  });
}
