/** A token of HTTP, such as a method or the name of a header or cookie (RFC 9110, 5.6.2). */
export const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
