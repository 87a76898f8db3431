// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Files;

namespace AudioMesh.Network.Stems;

/// <summary>A take on the disk: its sound, and the sidecar beside it. Throws what the two throw.</summary>
internal sealed class TakeWriter : IDisposable
{
    private readonly IAudioFileWriter _sound;
    private readonly TakeSidecarWriter _sidecar;
    private bool _isOver;

    public TakeWriter(TakeRecorderOptions options, TakePlan plan, in TakePoint first, ulong meshId)
    {
        _sound = AudioFile.Create(plan.Path, new AudioFileOptions
        {
            Rate = options.Rate,
            Channels = options.Channels,
            Format = options.Format,
            TimeReference = TimeReferenceOf(first.MeshTime, options.Rate),
        });
        try
        {
            _sidecar = new TakeSidecarWriter(TakeSidecar.PathOf(plan.Path));
            _sidecar.Begin(plan, options, meshId);
            _sidecar.Point(first);
        }
        catch
        {
            _sidecar?.Dispose();
            _sound.Dispose();
            throw;
        }
    }

    /// <summary>Frames in the file, silence among them.</summary>
    public long Frames => _sound.FramesWritten;

    /// <summary>What bext says of a take that began then.</summary>
    public static long TimeReferenceOf(MeshTime first, int rate) => Math.Max(0, FrameCount.FromNanoseconds(first.Nanoseconds, rate).Value);

    public void Write(ReadOnlySpan<float> interleaved) => _sound.Write(interleaved);

    /// <summary>Silence for frames that never came.</summary>
    public void Lost(long frames)
    {
        TakeDropout dropout = new(Frames, frames, TakeDropoutCause.Lost);
        _sound.WriteSilence(frames);
        _sidecar.Dropout(dropout);
    }

    public void Dropout(TakeDropout dropout) => _sidecar.Dropout(dropout);

    public void Point(in TakePoint point) => _sidecar.Point(point);

    public void Step(long byNs, ulong meshId) => _sidecar.Step(Frames, byNs, meshId);

    /// <summary>Brings all to the disk, readable whatever comes.</summary>
    public void Flush()
    {
        _sound.Flush();
        _sidecar.Flush();
    }

    /// <summary>Finishes both files.</summary>
    public void Finish() => Finish(isCut: false);

    /// <summary>Finishes them as well as the disk allows, where that was not done.</summary>
    public void Dispose()
    {
        try
        {
            Finish(isCut: true);
        }
        catch (AudioMeshException)
        {
            // The failure was told already; a sidecar without its end is that of a killed recorder, and read as such.
        }
    }

    private void Finish(bool isCut)
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        try
        {
            _sound.Dispose();
            _sidecar.End(Frames, isCut);
        }
        finally
        {
            _sidecar.Dispose();
        }
    }
}
