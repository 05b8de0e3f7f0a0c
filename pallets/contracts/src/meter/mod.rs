//! The meter of a frame: one number of fuel that guest and host both pay from, and proof size beside it.
//!
//! The rule of this room: nothing leaves a meter but through [`GasMeter::charge`] and its like, and a
//! child's meter is taken from its parent's, so the sum of what guests burnt and hosts charged is what
//! is reported, at every depth.

pub(crate) mod cost;
pub(crate) mod deposit;
pub(crate) mod fuel;

#[cfg(test)]
mod tests;

use sp_runtime::Weight;

/// The meter has too little left; it is empty now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OutOfGas;

/// What a frame may use, and has left.
///
/// Computation is counted in fuel, the unit of the engine, so that handing it to the guest and back
/// needs no rounding. Charges in weight are rounded up to whole fuel.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GasMeter {
	fuel_limit: u64,
	fuel_left: u64,
	proof_limit: u64,
	proof_left: u64,
}

impl GasMeter {
	/// A meter that is full with `limit`, whose computation is rounded down to whole fuel.
	pub fn new(limit: Weight) -> Self {
		let fuel = fuel::whole_fuel(limit.ref_time());
		Self {
			fuel_limit: fuel,
			fuel_left: fuel,
			proof_limit: limit.proof_size(),
			proof_left: limit.proof_size(),
		}
	}

	/// Takes `weight`.
	///
	/// # Errors
	///
	/// [`OutOfGas`] if there is less; then nothing is left of what there was too little of. The rest is the
	/// caller's: who limits a sub-call's time goes on with the proof size that it has.
	pub fn charge(&mut self, weight: Weight) -> Result<(), OutOfGas> {
		self.try_charge(weight).inspect_err(|_| {
			if self.fuel_left < fuel::for_ref_time(weight.ref_time()) {
				self.fuel_left = 0;
			}
			if self.proof_left < weight.proof_size() {
				self.proof_left = 0;
			}
		})
	}

	/// Takes `weight` if there is enough, and nothing otherwise.
	///
	/// # Errors
	///
	/// [`OutOfGas`] if there is less, for hosts whose ABI lets the guest go on.
	pub fn try_charge(&mut self, weight: Weight) -> Result<(), OutOfGas> {
		let fuel = self.fuel_left.checked_sub(fuel::for_ref_time(weight.ref_time()));
		let proof = self.proof_left.checked_sub(weight.proof_size());
		match (fuel, proof) {
			(Some(fuel), Some(proof)) => {
				self.fuel_left = fuel;
				self.proof_left = proof;
				Ok(())
			},
			_ => Err(OutOfGas),
		}
	}

	/// Leaves nothing, so that the limit is what a root call pays.
	pub fn exhaust(&mut self) {
		self.fuel_left = 0;
		self.proof_left = 0;
	}

	/// Leaves nothing if there is no time or no proof size left, without which no frame goes on.
	pub fn exhaust_if_short(&mut self) {
		if self.fuel_left == 0 || self.proof_left == 0 {
			self.exhaust();
		}
	}

	/// Leaves no fuel.
	pub fn exhaust_fuel(&mut self) {
		self.fuel_left = 0;
	}

	/// Fuel that the guest may burn.
	pub fn fuel_left(&self) -> u64 {
		self.fuel_left
	}

	/// Takes over what the guest left of the fuel that it was given; it can only have become less.
	pub fn set_fuel_left(&mut self, fuel: u64) {
		self.fuel_left = self.fuel_left.min(fuel);
	}

	/// What is left, as weight.
	pub fn left(&self) -> Weight {
		Weight::from_parts(fuel::to_ref_time(self.fuel_left), self.proof_left)
	}

	/// What was used so far, as weight.
	pub fn consumed(&self) -> Weight {
		Weight::from_parts(
			fuel::to_ref_time(self.fuel_limit.saturating_sub(self.fuel_left)),
			self.proof_limit.saturating_sub(self.proof_left),
		)
	}

	/// A meter for a sub-call: `limit` or what is left here, whichever is less; a zero part of the limit
	/// means all that is left.
	///
	/// Nothing is taken yet: the caller is suspended and pays by [`Self::absorb`].
	pub fn nested(&self, limit: Weight) -> Self {
		// Looked at before it is rounded: too little for any fuel is not nothing.
		let fuel = match limit.ref_time() {
			0 => self.fuel_left,
			ref_time => fuel::whole_fuel(ref_time).min(self.fuel_left),
		};
		let proof = match limit.proof_size() {
			0 => self.proof_left,
			proof => proof.min(self.proof_left),
		};
		Self { fuel_limit: fuel, fuel_left: fuel, proof_limit: proof, proof_left: proof }
	}

	/// Pays what a sub-call used.
	pub fn absorb(&mut self, child: &Self) {
		let fuel = child.fuel_limit.saturating_sub(child.fuel_left);
		let proof = child.proof_limit.saturating_sub(child.proof_left);
		self.fuel_left = self.fuel_left.saturating_sub(fuel);
		self.proof_left = self.proof_left.saturating_sub(proof);
	}

	/// Gives back what a charge of `charged` took beyond `used`, once it is known what was used.
	pub fn give_back(&mut self, charged: Weight, used: Weight) {
		let fuel = fuel::for_ref_time(charged.ref_time())
			.saturating_sub(fuel::for_ref_time(used.ref_time()));
		let proof = charged.proof_size().saturating_sub(used.proof_size());
		self.fuel_left = self.fuel_left.saturating_add(fuel).min(self.fuel_limit);
		self.proof_left = self.proof_left.saturating_add(proof).min(self.proof_limit);
	}
}
