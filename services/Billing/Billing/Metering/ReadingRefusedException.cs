namespace Marketplace.Billing.Metering;

/// <summary>
/// A reading that cannot be believed. It is dead-lettered: somebody has to look, and nothing was counted.
/// </summary>
internal sealed class ReadingRefusedException(string message) : Exception(message);
