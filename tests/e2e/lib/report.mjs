// The demo's page: headings, aligned lines, and chain values as a person reads them.

import { u8aToHex } from '@polkadot/util';
import { encodeAddress } from '@polkadot/util-crypto';
import { toNumber, toText } from './codec.mjs';

const LABEL_WIDTH = 10;
const WIDTH = 100;
const ACCOUNT_BYTES = 32;
const NUMBER_BYTES = 8;

const plain = !process.stdout.isTTY || process.env.NO_COLOR;
const styled = (code) => (text) => (plain ? text : `\u001b[${code}m${text}\u001b[0m`);
const bold = styled(1);
const dim = styled(2);

/** Digits in groups of three. */
export const grouped = (number) => number.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** An amount of the chain's money, rounded to as many digits as are of interest. */
export function money(amount, { symbol, decimals }, digits = 6) {
	const sign = amount < 0n ? '-' : '';
	const size = amount < 0n ? -amount : amount;
	const shown = Math.min(digits, decimals);
	const rest = 10n ** BigInt(decimals - shown);
	const rounded = (size + rest / 2n) / rest;
	if (rounded === 0n && size > 0n) return `${sign}${size} of 10^-${decimals} ${symbol}`;
	const whole = rounded / 10n ** BigInt(shown);
	const part = (rounded % 10n ** BigInt(shown)).toString().padStart(shown, '0').replace(/0+$/, '');
	return `${sign}${grouped(whole)}${part && `.${part}`} ${symbol}`;
}

/** A hash or other long bytes, its two ends. */
export const shortHex = (hex) => (hex.length > 24 ? `${hex.slice(0, 12)}..${hex.slice(-6)}` : hex);

const isPrintable = (bytes) => bytes.every((byte) => byte >= 0x20 && byte < 0x7f);

/** Names of accounts, for values that hold them. */
export class Names {
	#names = new Map();

	/** Remembers an account under a name. */
	add(name, address) {
		this.#names.set(encodeAddress(address), name);
	}

	/** The account's name, or the two ends of its address. */
	of(address) {
		const known = encodeAddress(address);
		return this.#names.get(known) ?? `${known.slice(0, 6)}..${known.slice(-4)}`;
	}

	/** A storage key: text, with accounts behind a colon. */
	key(bytes) {
		for (const accounts of [2, 1]) {
			const text = bytes.slice(0, Math.max(0, bytes.length - accounts * ACCOUNT_BYTES));
			if (text.length > 0 && isPrintable(text) && toText(text).endsWith(':')) {
				return toText(text) + this.#accounts(bytes.slice(text.length)).join(',');
			}
		}
		return isPrintable(bytes) ? toText(bytes) : shortHex(u8aToHex(bytes));
	}

	/** A value or an event's data: accounts, and a number of 8 bytes behind them. */
	value(bytes) {
		const rest = bytes.length % ACCOUNT_BYTES;
		if (rest !== 0 && rest !== NUMBER_BYTES) return shortHex(u8aToHex(bytes));
		const accounts = this.#accounts(bytes.slice(0, bytes.length - rest));
		const number = rest ? [grouped(toNumber(bytes.slice(-rest)))] : [];
		return [...accounts, ...number].join(', ') || '(empty)';
	}

	#accounts(bytes) {
		return Array.from({ length: bytes.length / ACCOUNT_BYTES }, (_, index) => (
			this.of(bytes.slice(index * ACCOUNT_BYTES, (index + 1) * ACCOUNT_BYTES))
		));
	}
}

/** Writes the page, from top to bottom. */
export class Page {
	#write;

	constructor(write = (line) => process.stdout.write(`${line}\n`)) {
		this.#write = write;
	}

	title(text, below) {
		this.#write(bold(text));
		this.#write(below);
	}

	/** A chapter, with a sentence about what comes. */
	chapter(text, about) {
		this.#write('');
		this.#write(bold(text));
		this.#write(dim('-'.repeat(text.length)));
		if (about) this.#write(about);
	}

	/** The beginning of a step: what is done. */
	step(text) {
		this.#write('');
		this.#write(`  ${bold(text)}`);
	}

	/** One or more values under one label, each on a line, broken where it is too long. */
	line(label, ...values) {
		values.flatMap(broken).forEach((value, index) => {
			const head = (index === 0 ? label : '').padEnd(LABEL_WIDTH);
			this.#write(`    ${dim(head)}  ${value}`);
		});
	}

	/** Rows of cells under one label, in columns; columns of numbers are aligned to the right. */
	table(label, rows, head) {
		const all = head ? [head, ...rows] : rows;
		const columns = (all[0] ?? []).map((_, index) => ({
			width: Math.max(...all.map((row) => row[index].length)),
			isNumber: rows.every((row) => /^[-+]?[\d,.]+( [A-Z]+)?$/.test(row[index])),
		}));
		all.forEach((row, at) => {
			const cells = row.map((cell, index) => {
				const { width, isNumber } = columns[index];
				return isNumber ? cell.padStart(width) : cell.padEnd(width);
			});
			const line = cells.join('  ').trimEnd();
			this.#write(`    ${dim((at === 0 ? label : '').padEnd(LABEL_WIDTH))}  ${head && at === 0 ? dim(line) : line}`);
		});
	}

	text(text) {
		this.#write('');
		this.#write(text);
	}
}

/** Text in lines of the page's width, broken between words. */
function broken(text) {
	const limit = WIDTH - LABEL_WIDTH - 6;
	const lines = [''];
	for (const word of text.split(' ')) {
		const last = lines.at(-1);
		if (last && last.length + 1 + word.length > limit) lines.push(word);
		else lines[lines.length - 1] = last ? `${last} ${word}` : word;
	}
	return lines;
}
