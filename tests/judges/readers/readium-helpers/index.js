// What Readium's packages ask of `@readium/helpers`: which browser this is, and what no test here uses.
export const sML = { OS: {}, UA: { Blink: [1], Chromium: [1], Chrome: [1] } }
export const sMLWithRequest = { ...sML, iOSRequest: undefined }

const missing = name => () => { throw new Error(`the tests have no ${name} for Readium`) }
// Links into a text, and colours of highlights.
export const decodeTextFragmentDirective = missing('decodeTextFragmentDirective')
export const processTextFragmentDirective = missing('processTextFragmentDirective')
export const adjustColorForContrast = missing('adjustColorForContrast')
export const getContrastingTextColor = missing('getContrastingTextColor')
export const colorToRgba = missing('colorToRgba')
export const isDarkColor = missing('isDarkColor')
