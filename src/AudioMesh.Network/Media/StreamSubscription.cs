// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Media;

/// <summary>A stream to hear.</summary>
/// <param name="Peer">The name of who offers it; empty for anyone.</param>
/// <param name="Stream">Its name; empty for the first that is offered.</param>
/// <param name="OutputRate">The rate of the device that will read.</param>
/// <param name="OutputChannels">Channels to read.</param>
/// <param name="MinDepthMs">As in <see cref="StreamReceiverOptions"/>.</param>
/// <param name="MaxDepthMs">The same.</param>
/// <param name="Predicts">The same.</param>
public sealed record StreamSubscription(string Peer, string Stream, int OutputRate, int OutputChannels, double MinDepthMs, double MaxDepthMs, bool Predicts);
