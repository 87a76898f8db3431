// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Runs;

/// <summary>What would suit the sound, where the user has no wish.</summary>
/// <param name="IsRecording">Whether the channels are inputs.</param>
/// <param name="Rate">The rate that spares a conversion; 0 has none.</param>
/// <param name="Channels">Channel counts to try, best first.</param>
/// <param name="IsDuplex">Whether inputs and outputs are wanted, as many of each.</param>
internal sealed record DeviceNeed(bool IsRecording, int Rate, IReadOnlyList<int> Channels, bool IsDuplex = false);
