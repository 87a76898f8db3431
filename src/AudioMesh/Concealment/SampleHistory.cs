// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Concealment;

/// <summary>
/// The newest samples of a channel by stream position. Each is written twice, so that every window lies in one piece. One thread writes; another may
/// copy what is not about to be overwritten, see <see cref="Holds"/>.
/// </summary>
[RealtimeSafe]
internal readonly struct SampleHistory
{
    /// <summary>How many samples it holds.</summary>
    public const int Capacity = 8192;

    /// <summary>Floats of the memory it needs.</summary>
    public const int MemoryLength = 2 * Capacity;

    private readonly FloatBlock _memory;

    public SampleHistory(FloatBlock memory) => _memory = memory;

    /// <summary>Whether <paramref name="length"/> samples before <paramref name="end"/> are there, and stay while one more block is written.</summary>
    public static bool Holds(long end, int length, long written) => end <= written && written + StreamConcealer.MostFrames <= end - length + Capacity;

    /// <summary>Writes the samples from <paramref name="position"/> on, at most <see cref="StreamConcealer.MostFrames"/>.</summary>
    public void Write(long position, ReadOnlySpan<float> samples)
    {
        int at = (int)(position & (Capacity - 1));
        int first = Math.Min(samples.Length, Capacity - at);
        Span<float> memory = _memory;
        samples[..first].CopyTo(memory[at..]);
        samples[..first].CopyTo(memory[(at + Capacity)..]);
        samples[first..].CopyTo(memory);
        samples[first..].CopyTo(memory[Capacity..]);
    }

    /// <summary>The <paramref name="length"/> samples before <paramref name="end"/>, oldest first.</summary>
    public ReadOnlySpan<float> Before(long end, int length) => _memory.Span.Slice((int)((end - length) & (Capacity - 1)), length);
}
