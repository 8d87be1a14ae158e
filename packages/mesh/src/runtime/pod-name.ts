import type { Random } from '@bookinfo/effects';

/** Kubernetes' alphabet of generated names (apimachinery, rand.SafeEncodeString): without vowels, 0, 1 and 3. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;

/** Encodes each byte as one letter of Kubernetes' alphabet. */
export function podNameSafe(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}

/** Returns `<deployment>-<template hash>-<5 random letters>`, as Kubernetes names pods. */
export function podName(deployment: string, templateHash: string, random: Random): string {
  const suffix = Array.from({ length: SUFFIX_LENGTH }, () => Math.floor(random() * ALPHABET.length));
  return `${deployment}-${templateHash}-${podNameSafe(suffix)}`;
}
