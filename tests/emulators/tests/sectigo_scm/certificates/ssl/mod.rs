mod fleet;
mod key_stores;
mod life;
mod refusals;
mod settings;
