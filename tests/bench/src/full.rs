//! A block that is filled with token transfers: how many fit by weight, and how long they really take.

use crate::{
	case,
	chain::{Chain, Runtime},
	extrinsic::{Account, Call, Side, Weight},
	measure::{in_turns, Spread, SAMPLES},
};
use serde::Serialize;
use std::rc::Rc;

/// Accounts that hold tokens before, each of which gets more in the block: more than fit.
const HOLDERS: u32 = 4_000;

/// What was measured of one of the pallets.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Filled {
	/// Transfers in the block.
	pub(crate) transfers: u32,
	/// Picoseconds of weight of all of them.
	pub(crate) ref_time: u64,
	/// Bytes of proof that the block is charged.
	pub(crate) proof_size: u64,
	/// Bytes of the compact proof.
	pub(crate) proof: usize,
	/// Microseconds of applying all of them, each in a fresh instance.
	pub(crate) cold: Spread,
	/// Microseconds of importing the block.
	pub(crate) warm: Spread,
}

impl Filled {
	/// The time of making or importing it as a part of the time that its weight says.
	pub(crate) fn by_weight(&self, time: &Spread) -> f64 {
		time.median * 1e6 / self.ref_time as f64
	}
}

/// A chain with a token that many hold.
struct World {
	chain: Chain,
	token: Account,
	gas: Weight,
}

impl World {
	fn new(side: Side, runtime: &Rc<Runtime>) -> Self {
		let mut chain = Chain::new(side, runtime.clone());
		let token = case::token(&mut chain);
		let transfers: Vec<_> = (1..HOLDERS).map(|to| transfer(token, to)).collect();
		chain.commit(&transfers);
		let (_, gas) = chain.ask(token, &case::transfer(case::receiver(1), 1));
		Self { chain, token, gas: gas.and_a_tenth() }
	}

	fn extrinsic(&self, number: u32) -> Vec<u8> {
		self.chain.signed(&transfer(self.token, number), self.gas, number)
	}

	/// Extrinsics until one does not fit.
	fn fill(&self) -> (Vec<Vec<u8>>, Weight, usize) {
		let mut block = self.chain.open();
		let before = block.weight();
		let mut extrinsics = Vec::new();
		for number in 0..HOLDERS {
			let extrinsic = self.extrinsic(number);
			match block.apply(&extrinsic) {
				Ok(result) => result.expect("a transfer succeeds"),
				Err(_) => break,
			}
			extrinsics.push(extrinsic);
		}
		let after = block.weight();
		block.finalize();
		let weight = Weight {
			ref_time: after.ref_time - before.ref_time,
			proof_size: after.proof_size - before.proof_size,
		};
		assert!(extrinsics.len() < HOLDERS as usize, "the block is not full");
		(extrinsics, weight, block.proof())
	}
}

fn transfer(token: Account, to: u32) -> Call {
	Call::message(token, case::transfer(case::receiver(to), 1))
}

/// Measures it on both sides.
pub(crate) fn measure(runtime: &Rc<Runtime>) -> [Filled; 2] {
	let worlds = Side::ALL.map(|side| World::new(side, runtime));
	let filled = worlds.each_ref().map(World::fill);
	let blocks: Vec<_> =
		worlds.iter().zip(&filled).map(|(world, (all, ..))| world.chain.build(all)).collect();
	let taken = in_turns(SAMPLES, |side| {
		let chain = &worlds[side].chain;
		let mut block = chain.open();
		let cold: f64 = filled[side]
			.0
			.iter()
			.map(|extrinsic| block.apply_timed(extrinsic).1.as_secs_f64() * 1e6)
			.sum();
		[cold, chain.bare().import(&blocks[side]).as_secs_f64() * 1e6]
	});
	let mut taken = taken.into_iter();
	filled.map(|(extrinsics, weight, proof)| {
		let [cold, warm] = taken.next().expect("there are two sides; qed").map(Spread::of);
		let transfers = u32::try_from(extrinsics.len()).expect("fewer than there are holders");
		let Weight { ref_time, proof_size } = weight;
		Filled { transfers, ref_time, proof_size, proof, cold, warm }
	})
}
