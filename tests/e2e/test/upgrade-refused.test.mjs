// Upgrades that the chain itself refuses, whoever asks for them and by whatever tool.

import { afterEach, beforeAll, expect, test } from 'vitest';
import { deploy } from '../lib/contracts.mjs';
import { counter } from '../lib/counters.mjs';
import { useChain } from '../lib/fixture.mjs';
import { assemble, rustGuest } from '../lib/guests.mjs';
import { plain, relabelled } from '../lib/relabel.mjs';
import { applyTx, authorise, specVersion } from '../lib/upgrade.mjs';

const CODE = '0x3a636f6465';

const on = useChain();

/** Hash of the code that the chain has. */
const codeHash = async () => (await on.chain.api.rpc.state.getStorageHash(CODE)).toHex();
let genesis;
beforeAll(async () => { genesis = await codeHash(); });

// Whatever was tried: the chain has the runtime that it began with, and it works.
afterEach(async () => {
	expect(await specVersion(on.chain)).toBe(1);
	const { guest, initArgs } = counter('baals');
	const { contract } = await deploy(on.chain, on.alice, rustGuest(guest), { args: initArgs, salt: `${await on.chain.height()}` });
	expect((await contract.query(on.alice, 'get')).ok).toBe(true);
});

test.each([
	['that is not Wasm', () => Buffer.from('no Wasm at all'), 'FailedToExtractRuntimeVersion'],
	['that is Wasm and no runtime', () => Buffer.from(assemble('(module)')), 'FailedToExtractRuntimeVersion'],
	['of another chain', () => relabelled({ name: 'caisson-sold', spec: 2 }), 'InvalidSpecName'],
	['of a lower version', () => relabelled({ spec: 0 }), 'SpecVersionNeedsToIncrease'],
	['of the same version', () => plain, 'SpecVersionNeedsToIncrease'],
])('a runtime %s is refused although it is authorised, and the authorisation is gone', async (_, runtime, reason) => {
	const code = runtime();
	await authorise(on.chain, on.alice, code);
	const { events } = await on.chain.send(applyTx(on.chain, code), on.alice);
	const [{ fields }] = events.filter(({ name }) => name === 'system.RejectedInvalidAuthorizedUpgrade');
	expect(on.chain.error(fields.error).name).toBe(`system.${reason}`);
	expect(events.map(({ name }) => name)).not.toContain('system.CodeUpdated');
	expect((await on.chain.api.query.system.authorizedUpgrade()).isNone).toBe(true);
	expect(await codeHash()).toBe(genesis);
});

test('a runtime that is not authorised is refused, and so is another than the one that is', async () => {
	const code = relabelled({ spec: 2 });
	const { error } = await on.chain.submit(applyTx(on.chain, code), on.bob);
	expect(error.name).toBe('system.NothingAuthorized');
	await authorise(on.chain, on.alice, relabelled({ spec: 3 }));
	expect((await on.chain.submit(applyTx(on.chain, code), on.bob)).error.name).toBe('system.Unauthorized');
	expect((await on.chain.api.query.system.authorizedUpgrade()).isSome).toBe(true);
});

test('nobody but the administration authorises', async () => {
	const { system, sudo } = on.chain.api.tx;
	const call = system.authorizeUpgrade(on.chain.codeHash(relabelled({ spec: 2 })));
	expect((await on.chain.submit(call, on.alice)).error.name).toBe('BadOrigin');
	expect((await on.chain.submit(sudo.sudo(call), on.bob)).error.name).toBe('sudo.RequireSudo');
});
