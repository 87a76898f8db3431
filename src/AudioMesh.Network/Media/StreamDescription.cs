// SPDX-License-Identifier: MIT
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Media;

/// <summary>A stream to offer.</summary>
/// <param name="Name">What peers know it by.</param>
/// <param name="Channels">1 to 64.</param>
/// <param name="Rate">Frames per second.</param>
/// <param name="BlockFrames">Frames of the blocks that will be sent.</param>
/// <param name="Encoding">How samples travel.</param>
/// <param name="Redundancy">What is sent besides.</param>
public sealed record StreamDescription(string Name, int Channels, int Rate, int BlockFrames, SampleEncoding Encoding, Redundancy Redundancy);
