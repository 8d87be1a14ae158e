export { type CodePoints, codePointsOf, complement, union } from './code-points.js';
export { type Language, Languages, Undecidable } from './languages.js';
export { regexLanguage } from './regex-language.js';
export { shortestWord } from './shortest-word.js';
