/// Something with two positions. Its selectors are fixed, so a caller needs no more than an address.
#[ink::trait_definition]
pub trait Switch {
	/// Turns it over.
	#[ink(message, selector = 0x5A17C401)]
	fn turn(&mut self);

	/// Whether it is on.
	#[ink(message, selector = 0x5A17C402)]
	fn is_on(&self) -> bool;
}
