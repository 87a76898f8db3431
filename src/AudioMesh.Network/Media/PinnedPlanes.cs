// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>A plane of samples for each channel, zeroed, that does not move.</summary>
[RealtimeSafe]
internal sealed unsafe class PinnedPlanes
{
    private readonly float[] _samples;
    private readonly nint[] _pointers;

    public PinnedPlanes(int channels, int frames)
    {
        _samples = GC.AllocateArray<float>(channels * frames, pinned: true);
        _pointers = GC.AllocateArray<nint>(channels, pinned: true);
        for (int channel = 0; channel < channels; channel++)
        {
            _pointers[channel] = (nint)Unsafe.AsPointer(ref _samples[channel * frames]);
        }

        Pointers = (float**)Unsafe.AsPointer(ref _pointers[0]);
        Channels = channels;
    }

    public int Channels { get; }

    public float** Pointers { get; }

    public void Clear() => _samples.AsSpan().Clear();
}
