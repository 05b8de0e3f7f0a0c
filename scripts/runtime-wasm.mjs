// A runtime's Wasm as a file: unpacked, and its version read without running it.

import { execFileSync } from 'node:child_process';
import zlib from 'node:zlib';

/** What a compressed runtime begins with: a mark of the SDK's, then a zstd stream. */
const COMPRESSED = Uint8Array.of(0x52, 0xbc, 0x53, 0x76, 0x46, 0xdb, 0x8e, 0x05);

/** What a Wasm module begins with: `\0asm` and version 1. */
const MODULE = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

/** Where the SDK puts the version. */
const SECTION = 'runtime_version';

/** What a node unpacks at most; a runtime of more is refused. */
const UNPACKED_LIMIT_BYTES = 50 * 1024 * 1024;

/** A file that is no runtime, or none that can be read here. */
export class BadRuntime extends Error {}

const startsWith = (bytes, start) => start.every((byte, index) => bytes[index] === byte);

/** The version in a runtime's Wasm, compressed or not. */
export function runtimeVersion(file) {
	const isCompressed = startsWith(file, COMPRESSED);
	const wasm = isCompressed ? unpack(file.subarray(COMPRESSED.length)) : file;
	if (!startsWith(wasm, MODULE)) throw new BadRuntime('this is not Wasm');
	const section = customSection(wasm, SECTION);
	if (!section) throw new BadRuntime(`this is Wasm without the section \`${SECTION}\`: no runtime`);
	return { isCompressed, unpackedBytes: wasm.length, ...decodeVersion(section) };
}

function unpack(stream) {
	try {
		if (zlib.zstdDecompressSync) {
			return zlib.zstdDecompressSync(stream, { maxOutputLength: UNPACKED_LIMIT_BYTES });
		}
		return execFileSync('zstd', ['--decompress', '--stdout'], {
			input: stream,
			maxBuffer: UNPACKED_LIMIT_BYTES,
			stdio: ['pipe', 'pipe', 'pipe'],
		});
	} catch (error) {
		if (error.code === 'ENOENT') {
			throw new BadRuntime(
				`this is compressed, and neither Node.js ${process.version} (22.15 could) nor the command \`zstd\` is there to `
				+ 'unpack it: install one of them, or use the .compact.wasm of the same build',
			);
		}
		throw new BadRuntime(`this begins as a compressed runtime and cannot be unpacked: ${error.message.trim()}`);
	}
}

/** Reads bytes from front to back. */
class Reader {
	#at = 0;

	constructor(bytes) {
		this.bytes = bytes;
	}

	get left() {
		return this.bytes.length - this.#at;
	}

	take(length) {
		if (length > this.left) throw new BadRuntime(`this ends where ${length - this.left} more bytes should be`);
		this.#at += length;
		return this.bytes.subarray(this.#at - length, this.#at);
	}

	u32() {
		const bytes = this.take(4);
		return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
	}

	/** A number as Wasm writes lengths. */
	leb128() {
		let value = 0;
		for (let shift = 0; shift < 35; shift += 7) {
			const [byte] = this.take(1);
			value += (byte & 0x7f) * 2 ** shift;
			if (byte < 0x80) return value;
		}
		throw new BadRuntime('a length in this Wasm is no length');
	}

	/** A number as SCALE writes lengths. */
	compact() {
		const [first] = this.bytes.subarray(this.#at);
		const mode = first & 3;
		if (mode === 3) throw new BadRuntime('a length in the version is no length');
		const bytes = this.take(2 ** mode);
		return bytes.reduceRight((value, byte) => value * 256 + byte, 0) >>> 2;
	}

	text(length) {
		return new TextDecoder().decode(this.take(length));
	}
}

/** The content of a custom section, if there is one of that name. */
function customSection(wasm, name) {
	const reader = new Reader(wasm);
	reader.take(MODULE.length);
	while (reader.left > 0) {
		const [id] = reader.take(1);
		const section = new Reader(reader.take(reader.leb128()));
		if (id === 0 && section.text(section.leb128()) === name) return section.take(section.left);
	}
	return null;
}

/** `RuntimeVersion` in SCALE, by its order. */
function decodeVersion(bytes) {
	const reader = new Reader(bytes);
	const text = () => reader.text(reader.compact());
	const version = {
		specName: text(),
		implName: text(),
		authoringVersion: reader.u32(),
		specVersion: reader.u32(),
		implVersion: reader.u32(),
	};
	// Runtime APIs: a name of 8 bytes and a version each. The build leaves them to a section of their own.
	reader.take(reader.compact() * 12);
	return { ...version, transactionVersion: reader.u32() };
}
