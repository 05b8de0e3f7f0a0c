// Numbers, text and accounts as the bytes that contracts take and give.

import { hexToU8a, isHex, isU8a, stringToU8a, u8aToHex, u8aToString } from '@polkadot/util';
import { decodeAddress } from '@polkadot/util-crypto';

/** An unsigned number of 8 bytes, little endian. */
export function u64(value) {
	const bytes = new Uint8Array(8);
	new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true);
	return bytes;
}

/** An unsigned number of 4 bytes, little endian. */
export function u32(value) {
	const bytes = new Uint8Array(4);
	new DataView(bytes.buffer).setUint32(0, Number(value), true);
	return bytes;
}

/** The 32 bytes of an account. */
export const account = (address) => decodeAddress(address);

/** UTF-8 text. */
export const text = (string) => stringToU8a(string);

/** Bytes of any form as bytes. Text is taken as text, even if it begins with 0x. */
export const bytes = (value) => (isU8a(value) ? value : text(value));

/**
 * Bytes as an argument of type `Bytes`. Only hexadecimal text is taken literally by polkadot.js: it
 * decodes other text by its look, and byte arrays as SCALE.
 */
export const asBytes = (value) => u8aToHex(bytes(value));

const toU8a = (value) => (isHex(value) ? hexToU8a(value) : value);

/** A little-endian number, of as many bytes as there are. */
export const toNumber = (value) => toU8a(value).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** A little-endian number with a sign. */
export const toSigned = (value) => BigInt.asIntN(toU8a(value).length * 8, toNumber(value));

/** UTF-8 text. */
export const toText = (value) => u8aToString(toU8a(value));
