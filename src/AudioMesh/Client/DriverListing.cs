// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>A driver the engine knows.</summary>
/// <param name="Driver">Its name.</param>
/// <param name="IsAvailable">Whether it could open something now.</param>
/// <param name="Reason">Why not.</param>
public sealed record DriverListing(string Driver, bool IsAvailable, string Reason);
