// What a person would see of the book that `window.reader` shows, measured in the page.
window.probe = {
  // Where an element of the book is in the window: its frame is moved, or scrolled inside.
  place(element) {
    const box = element.getBoundingClientRect()
    const frame = element.ownerDocument.defaultView.frameElement.getBoundingClientRect()
    return { left: frame.left + box.left, right: frame.left + box.right, top: frame.top + box.top }
  },
  isSeen(element) {
    const { left, right, top } = this.place(element)
    return right > 0 && left < innerWidth && top >= -1 && top < innerHeight
  },
  all: selector => window.reader.documents().flatMap(doc => [...doc.querySelectorAll(selector)]),
  seen(selector) { return this.all(selector).filter(element => this.isSeen(element)) },
  text: element => element.textContent.replace(/\s+/g, ' ').trim(),
  // How wide a text is as the book's paragraphs are set, on one line, in pixels.
  width(text) {
    const parent = this.all('p').find(paragraph => paragraph.closest('.body'))
    const span = parent.ownerDocument.createElement('span')
    span.style.cssText = 'position: absolute; white-space: nowrap'
    span.textContent = text
    parent.append(span)
    const { width } = span.getBoundingClientRect()
    span.remove()
    return width
  },
  fonts() {
    const doc = this.all('.body')[0].ownerDocument
    const family = getComputedStyle(this.all('.body p')[0]).fontFamily
    const faces = [...doc.fonts].map(({ family, status }) => `${family.replaceAll('"', '')} ${status}`)
    return { family, faces }
  },
}
