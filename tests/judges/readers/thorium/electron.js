// What Electron gives Thorium's frames: messages to and from the window around them, and Node's Buffer.
const listeners = new Map()
window.addEventListener('message', ({ data: [name, payload] }) => listeners.get(name)?.({}, payload))
exports.ipcRenderer = {
  on: (name, listener) => listeners.set(name, listener),
  sendToHost: (name, payload) => parent.postMessage([name, payload], '*'),
}

const bytes = base64 => Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))
window.Buffer = { from: base64 => ({ toString: () => new TextDecoder().decode(bytes(base64)) }) }
