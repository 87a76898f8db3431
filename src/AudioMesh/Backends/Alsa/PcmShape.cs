// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends.Alsa;

/// <summary>What a PCM was configured to.</summary>
/// <param name="Mapped">Its memory is ours to read and write; otherwise it is copied through calls.</param>
/// <param name="Interleaved">Frames follow one another, rather than the samples of a channel.</param>
/// <param name="Format">Of a sample.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Rate">Frames per second.</param>
/// <param name="PeriodFrames">Frames per wake-up.</param>
/// <param name="BufferFrames">Frames in all.</param>
internal sealed record PcmShape(
    bool Mapped, bool Interleaved, SampleFormat Format, int Channels, int Rate, int PeriodFrames, int BufferFrames);
