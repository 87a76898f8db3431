// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Backends;

/// <summary>
/// The pointer array of a <see cref="DeviceBlock"/> in unmanaged memory, and, for devices that bring no float memory of their own,
/// the planar buffers it points to. Disposed by one thread once no device thread uses it.
/// </summary>
internal sealed unsafe class ChannelBuffers : IDisposable
{
    private const nuint CacheLine = 64;
    private readonly nuint _bytes;
    private void* _memory;

    /// <summary>Makes an array of <paramref name="channels"/> pointers, each to <paramref name="frames"/> zeroed floats, or to nothing when that is 0.</summary>
    public ChannelBuffers(int channels, int frames)
    {
        Channels = channels;
        Frames = frames;
        nuint table = Align((nuint)channels * (nuint)sizeof(float*));
        nuint plane = Align((nuint)frames * sizeof(float));
        _bytes = Math.Max(table + (plane * (nuint)channels), CacheLine);
        _memory = RealtimeMemory.Allocate(_bytes);
        for (int channel = 0; channel < channels && frames > 0; channel++)
        {
            Pointers[channel] = (float*)((byte*)_memory + table + (plane * (nuint)channel));
        }
    }

    /// <summary>One pointer per channel.</summary>
    public float** Pointers => (float**)_memory;

    /// <summary>How many channels.</summary>
    public int Channels { get; }

    /// <summary>Room per channel in frames.</summary>
    public int Frames { get; }

    public void Dispose()
    {
        RealtimeMemory.Free(_memory, _bytes);
        _memory = null;
    }

    private static nuint Align(nuint bytes) => (bytes + CacheLine - 1) & ~(CacheLine - 1);
}
