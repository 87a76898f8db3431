// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Impairment;

/// <summary>A time during which a link loses everything.</summary>
/// <param name="Start">When it begins, counted from the start of the link.</param>
/// <param name="Length">How long it lasts.</param>
public readonly record struct Outage(TimeSpan Start, TimeSpan Length);
