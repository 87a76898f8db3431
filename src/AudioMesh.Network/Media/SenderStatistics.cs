// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Media;

/// <summary>Figures of a <see cref="StreamSender"/> at one moment; counters run from its creation.</summary>
/// <param name="Frames">Frames sent.</param>
/// <param name="SkippedFrames">Frames that were left out because they came too late.</param>
/// <param name="Packets">Packets, each once.</param>
/// <param name="Bodies">Messages, with what is sent besides.</param>
/// <param name="Bytes">Bytes of them.</param>
public readonly record struct SenderStatistics(long Frames, long SkippedFrames, long Packets, long Bodies, long Bytes);
