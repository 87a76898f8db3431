// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Clock;
using AudioMesh.Files;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Hub;

/// <summary>
/// What one client sent, in a file: from the mixing thread through a ring of two seconds. Its <c>bext</c> says when it began, in frames of mesh time, so that all stems lie
/// where they belong.
/// </summary>
internal sealed unsafe class StemFile : IDisposable
{
    private const int BlockFrames = 512;

    /// <summary>Before mesh time is known nothing is recorded, which would have no place; but not for ever.</summary>
    private const int PlaceWithinSeconds = 10;

    private readonly Lock _gate = new();
    private readonly FrameRing _ring;
    private readonly float[] _block;
    private readonly int _mostGapFrames;
    private IAudioFileWriter? _file;
    private MeshTime _began;
    private long _unplaced;
    private long _flushed;
    private long _written;
    private long _lost;
    private bool _isOver;
    private volatile AudioMeshException? _failure;

    /// <summary>Will write <paramref name="path"/>. Throws LimitExceeded when memory is out.</summary>
    public StemFile(string path, int channels, int rate)
    {
        Path = path;
        _mostGapFrames = 10 * rate;
        _block = new float[BlockFrames * channels];
        _ring = FrameRing.Create(new FrameRingOptions { CapacityFrames = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * rate)), Channels = channels, Rate = rate });
    }

    public string Path { get; }

    /// <summary>Frames in the file, silence for what was lost among them. Any thread.</summary>
    public long WrittenFrames => Volatile.Read(ref _written);

    /// <summary>Frames that the disk was too slow for. Any thread.</summary>
    public long LostFrames => Volatile.Read(ref _lost);

    /// <summary>Why it ended early. Any thread.</summary>
    public AudioMeshException? Failure => _failure;

    /// <summary>Whether that was told. The control side's.</summary>
    public bool IsReported { get; set; }

    /// <summary>Takes a period. Mixing thread.</summary>
    [RealtimeSafe]
    public void Write(float** channels, int frames, MeshTime meshTime, FrameFlags flags)
    {
        int written = _ring.Writer.WritePlanar(channels, 0, frames, meshTime, flags);
        Volatile.Write(ref _lost, _lost + frames - written);
    }

    /// <summary>Writes down what has come, and waits for the disk. Any thread but the mixing one.</summary>
    public void Work()
    {
        lock (_gate)
        {
            Try(Drain);
        }
    }

    /// <summary>Finishes the file. The mixing thread uses it no longer.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            Try(Drain);
            _isOver = false;
            Try(() => _file?.Dispose());
            _isOver = true;
            _ring.Dispose();
        }
    }

    private void Try(Action work)
    {
        if (_isOver)
        {
            return;
        }

        try
        {
            work();
        }
        catch (AudioMeshException failure)
        {
            _isOver = true;
            _failure = failure;
        }
    }

    private void Drain()
    {
        int frames;
        while ((frames = _ring.Reader.Read(_block, out JamAudioFrame first)) > 0)
        {
            if (_file is null && !first.TimestampGpu.IsKnown && _unplaced < _ring.Rate * PlaceWithinSeconds)
            {
                _unplaced += frames;
                continue;
            }

            IAudioFileWriter file = _file ??= Create(first.TimestampGpu);
            Align(file, first.TimestampGpu);
            file.Write(_block.AsSpan(0, frames * _ring.Channels));
            Volatile.Write(ref _written, _written + frames);
        }

        if (_written - _flushed >= _ring.Rate)
        {
            _file?.Flush();
            _flushed = _written;
        }
    }

    private IAudioFileWriter Create(MeshTime began)
    {
        _began = began;
        return AudioFile.Create(Path, new AudioFileOptions
        {
            Rate = _ring.Rate,
            Channels = _ring.Channels,
            Format = FileSampleFormat.Float32,
            TimeReference = began.IsKnown ? Math.Max(0, FrameCount.FromNanoseconds(began.Nanoseconds, _ring.Rate).Value) : null,
        });
    }

    // What was lost, or not mixed, is silence, so that what follows is where it belongs.
    private void Align(IAudioFileWriter file, MeshTime time)
    {
        if (!_began.IsKnown || !time.IsKnown)
        {
            return;
        }

        long gap = FrameCount.FromNanoseconds(time - _began, _ring.Rate).Value - _written;
        if (gap > BlockFrames && gap < _mostGapFrames)
        {
            file.WriteSilence(gap);
            Volatile.Write(ref _written, _written + gap);
        }
    }
}
