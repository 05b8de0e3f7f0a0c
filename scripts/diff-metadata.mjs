#!/usr/bin/env node
// What clients of a chain will see change with an upgrade:
//
//   node scripts/diff-metadata.mjs ws://127.0.0.1:9944 ws://127.0.0.1:9955
//
// The first is a node of the chain, the second one that runs the new runtime: `caisson-node --dev` of the new
// build. Lists calls, events, errors, storage, constants, types, runtime APIs and what a transaction carries, with
// `-` in front of what goes, `+` of what comes. Ends with 1 if a call or a pallet has gone or has another form, or a
// transaction carries something else, and the transaction version is the same all the same. Its packages are those
// of tests/e2e (`make setup`).

import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(new URL('../tests/e2e/package.json', import.meta.url));

/** Types whose variants are listed by pallet. */
const BY_PALLET = /(::pallet::(Call|Event|Error)|::Runtime(Call|Event|Error))$/;

/** A type by its name, or by what it is made of. */
function nameOf(lookup, id) {
	const { path, params, def } = lookup.getSiType(id);
	const name = (part) => nameOf(lookup, part);
	if (path.length > 0) {
		const args = params.filter(({ type }) => type.isSome).map(({ type }) => name(type.unwrap()));
		// Which are all of the runtime's: they say nothing.
		return path.join('::') + (args.length > 0 && !BY_PALLET.test(path.join('::')) ? `<${args.join(', ')}>` : '');
	}
	if (def.isPrimitive) return def.asPrimitive.type.toLowerCase();
	if (def.isCompact) return `Compact<${name(def.asCompact.type)}>`;
	if (def.isSequence) return `Vec<${name(def.asSequence.type)}>`;
	if (def.isArray) return `[${name(def.asArray.type)}; ${def.asArray.len}]`;
	if (def.isTuple) return `(${def.asTuple.map(name).join(', ')})`;
	if (def.isBitSequence) return 'BitVec';
	return fieldsOf(lookup, def.asComposite.fields);
}

const fieldsOf = (lookup, fields) => `(${fields.map(({ name, type }) => (
	`${name.isSome ? `${name.unwrap()}: ` : ''}${nameOf(lookup, type)}`
)).join(', ')})`;

const variantsOf = (lookup, id) => lookup.getSiType(id).def.asVariant.variants.map(({ name, index, fields }) => (
	[name.toString(), `index ${index} ${fieldsOf(lookup, fields)}`]
));

/** Everything that a client of a chain knows of it: what it is by what it is called. */
function surface({ lookup, pallets, extrinsic }, version) {
	const seen = new Map();
	for (const { name, index, calls, events, errors, storage, constants } of pallets) {
		seen.set(`pallet ${name}`, `index ${index}`);
		for (const [kind, type] of Object.entries({ call: calls, event: events, error: errors })) {
			if (type.isNone) continue;
			for (const [variant, what] of variantsOf(lookup, type.unwrap().type)) seen.set(`${kind} ${name}.${variant}`, what);
		}
		for (const item of storage.isSome ? storage.unwrap().items : []) {
			const type = item.type.isPlain
				? nameOf(lookup, item.type.asPlain)
				: `${item.type.asMap.hashers.map(({ type: hasher }) => hasher)} ${nameOf(lookup, item.type.asMap.key)} -> ${nameOf(lookup, item.type.asMap.value)}`;
			seen.set(`storage ${name}.${item.name}`, `${item.modifier.type} ${type}`);
		}
		for (const { name: constant, type, value } of constants) {
			seen.set(`constant ${name}.${constant}`, `${nameOf(lookup, type)} = ${value.toHex()}`);
		}
	}
	extrinsic.signedExtensions.forEach(({ identifier, type, additionalSigned }, place) => {
		seen.set(`transaction extension ${place}`, `${identifier}: ${nameOf(lookup, type)}, signs ${nameOf(lookup, additionalSigned)}`);
	});
	for (const { id, type: { path, def } } of lookup.types) {
		if (path.length === 0 || BY_PALLET.test(path.join('::'))) continue;
		const what = def.isComposite
			? fieldsOf(lookup, def.asComposite.fields)
			: def.isVariant && variantsOf(lookup, id).map(([variant, fields]) => `${variant} ${fields}`).join('; ');
		if (what) seen.set(`type ${nameOf(lookup, id)}`, what);
	}
	for (const [api, number] of version.apis) seen.set(`runtime API ${api}`, `version ${number}`);
	return seen;
}

/** The surface of the chain that the node at `url` follows, and the version of its runtime. */
export async function read(url) {
	const { WsProvider } = require('@polkadot/api');
	const { Metadata, TypeRegistry } = require('@polkadot/types');
	const provider = new WsProvider(url, false);
	const connected = new Promise((resolve, reject) => {
		provider.on('connected', resolve);
		provider.on('error', () => reject(new Error(`nobody answers at ${url}`)));
	});
	await provider.connect();
	await connected;
	const [hex, version] = await Promise.all(['state_getMetadata', 'state_getRuntimeVersion'].map((ask) => provider.send(ask, [])));
	await provider.disconnect();
	const registry = new TypeRegistry();
	const metadata = new Metadata(registry, hex);
	registry.setMetadata(metadata);
	return { version, seen: surface(metadata.asV14, version) };
}

/** The differences as lines, and whether those who sign for the old runtime can no longer do so unnoticed. */
export function compare(before, after) {
	const isOther = (name) => before.seen.get(name) !== after.seen.get(name);
	const names = [...new Set([...before.seen.keys(), ...after.seen.keys()])].filter(isOther).sort();
	const sides = [['-', before.seen], ['+', after.seen]];
	const lines = names.flatMap((name) => (
		sides.filter(([, seen]) => seen.has(name)).map(([sign, seen]) => `${sign} ${name}: ${seen.get(name)}`)
	));
	// A call or a pallet that only comes breaks nobody.
	const isBroken = names.some((name) => (
		name.startsWith('transaction extension ') || (/^(call|pallet) /.test(name) && before.seen.has(name))
	));
	const isSilent = before.version.transactionVersion === after.version.transactionVersion;
	return { names, lines, isBroken: isBroken && isSilent };
}

async function main() {
	const urls = process.argv.slice(2);
	if (urls.length !== 2) {
		console.error('usage: node scripts/diff-metadata.mjs URL_OF_THE_CHAIN URL_OF_THE_NEW_RUNTIME');
		return 2;
	}
	const [before, after] = await Promise.all(urls.map(read));
	const { names, lines, isBroken } = compare(before, after);
	const title = ({ specName, specVersion, transactionVersion }) => `${specName} ${specVersion}, transactions ${transactionVersion}`;
	console.log([`- ${title(before.version)}`, `+ ${title(after.version)}`, ...lines].join('\n'));
	console.log(`${names.length} of ${before.seen.size} differ`);
	if (!isBroken) return 0;
	console.error('signed transactions are encoded in another way: the transaction version has to rise');
	return 1;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
	main().catch((error) => {
		console.error(`failed: ${error.message}`);
		return 1;
	}).then((code) => { process.exitCode = code; });
}
