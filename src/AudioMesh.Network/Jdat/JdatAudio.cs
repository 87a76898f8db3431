// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Jdat;

/// <summary>What a <c>jdat</c> line says of its samples.</summary>
/// <param name="TimestampGpu">Mesh time of the first frame; unknown is <c>null</c> in the line.</param>
/// <param name="SessionId">The session it belongs to, at most 128 characters.</param>
/// <param name="SampleRate">Frames per second, 8000 to 768000.</param>
/// <param name="Channels">Interleaved channels, 1 to 64.</param>
/// <param name="IsPnbtrProcessed">Whether prediction made these samples, or some of them.</param>
/// <param name="PredictionConfidence">How sure it was, 0 to 1; 1 where nothing was predicted.</param>
public readonly record struct JdatAudio(
    MeshTime TimestampGpu, string SessionId, int SampleRate, int Channels, bool IsPnbtrProcessed = false, float PredictionConfidence = 1);
