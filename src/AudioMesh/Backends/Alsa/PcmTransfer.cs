// SPDX-License-Identifier: MIT

namespace AudioMesh.Backends.Alsa;

/// <summary>
/// One way to move samples in and out of a PCM. Both methods move what the PCM takes or has now, at most a period, and return how many
/// frames that was or a negated errno. One device thread.
/// </summary>
internal abstract unsafe class PcmTransfer : IDisposable
{
    /// <summary>Plays frames of <paramref name="planar"/> from <paramref name="start"/> on.</summary>
    public abstract int Write(float** planar, int start, int frames);

    /// <summary>Records into <paramref name="planar"/> from <paramref name="start"/> on.</summary>
    public abstract int Read(float** planar, int start, int frames);

    public abstract void Dispose();
}
