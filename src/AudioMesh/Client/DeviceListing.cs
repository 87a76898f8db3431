// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>A device that could be opened.</summary>
/// <param name="Driver">Its driver.</param>
/// <param name="Name">What to put into <see cref="DeviceOptions.Name"/>.</param>
/// <param name="Description">For people.</param>
/// <param name="OutputChannels">The most it plays, -1 when not known before opening.</param>
/// <param name="InputChannels">The most it records, -1 when not known before opening.</param>
/// <param name="Rate">Its rate now, 0 when not known before opening.</param>
/// <param name="IsDefault">Whether an empty name means this one.</param>
public sealed record DeviceListing(
    string Driver, string Name, string Description, int OutputChannels, int InputChannels, int Rate, bool IsDefault);
