import type { Random } from '@bookinfo/effects';

/** Kubernetes' alphabet for generated names: no vowels, so no words, and no digits that look like letters. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;

/** The bytes in letters that may stand in a name, one each. */
export function podNameSafe(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}

/** `<deployment>-<template hash>-<5 random letters>`, as Kubernetes names pods. */
export function podName(deployment: string, templateHash: string, random: Random): string {
  const suffix = Array.from({ length: SUFFIX_LENGTH }, () => Math.floor(random() * ALPHABET.length));
  return `${deployment}-${templateHash}-${podNameSafe(suffix)}`;
}
