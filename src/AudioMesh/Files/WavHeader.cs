// SPDX-License-Identifier: MIT
namespace AudioMesh.Files;

/// <summary>Where the samples of a WAV file are and what they mean.</summary>
internal readonly record struct WavHeader(
    AudioContainer Container, WavFormat Format, long DataStart, long Frames, long? TimeReference, bool IsTruncated);
