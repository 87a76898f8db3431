// SPDX-License-Identifier: MIT
using AudioMesh.Compute;
using AudioMesh.Compute.Kernels;
using AudioMesh.Dsp;
using AudioMesh.Network.Hub;
using AudioMesh.Realtime;

namespace AudioMesh.Cli.Hub;

/// <summary>Mixes by the kernel that has the arithmetic of <see cref="MixMatrix"/>, on a device made for a hub's largest size. When that fails it mixes on the calling thread.</summary>
internal sealed class ComputeMatrixMixer(IComputeDevice device, int mixes, int sources, int frames) : IMatrixMixer, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly MixMatrixProgram _program = new(device, mixes, sources, frames);
    private int _sources;
    private volatile bool _hasFailed;

    /// <summary>Whether the device gave up. Any thread.</summary>
    public bool HasFailed => _hasFailed;

    [RealtimeSafe]
    public void Mix(ReadOnlySpan<float> sources, ReadOnlySpan<float> from, ReadOnlySpan<float> to, Span<float> mixes, int frames)
    {
        int sourceCount = sources.Length / frames;
        int mixCount = mixes.Length / frames;
        if (sourceCount == 0 || mixCount == 0)
        {
            mixes.Clear();
            return;
        }

        if (_hasFailed || !TryMix(sources, from, to, mixes, sourceCount, mixCount))
        {
            MixMatrix.Mix(sources, from, to, mixes, frames);
        }
    }

    public void Dispose() => _program.Dispose();

    private bool TryMix(ReadOnlySpan<float> sources, ReadOnlySpan<float> from, ReadOnlySpan<float> to, Span<float> mixes, int sourceCount, int mixCount)
    {
        if (sourceCount != _sources)
        {
            _program.From.Clear();
            _program.To.Clear();
            _sources = sourceCount;
        }

        int frames = _program.Frames;
        for (int source = 0; source < sourceCount; source++)
        {
            sources.Slice(source * frames, frames).CopyTo(_program.Source(source));
        }

        for (int mix = 0; mix < mixCount; mix++)
        {
            from.Slice(mix * sourceCount, sourceCount).CopyTo(_program.From[(mix * _program.Sources)..]);
            to.Slice(mix * sourceCount, sourceCount).CopyTo(_program.To[(mix * _program.Sources)..]);
        }

        try
        {
            if (!_program.Program.Wait(_program.Program.Submit(), Patience))
            {
                _hasFailed = true;
                return false;
            }
        }
        catch (AudioMeshException)
        {
            _hasFailed = true;
            return false;
        }

        for (int mix = 0; mix < mixCount; mix++)
        {
            _program.Mix(mix).CopyTo(mixes.Slice(mix * frames, frames));
        }

        return true;
    }
}
