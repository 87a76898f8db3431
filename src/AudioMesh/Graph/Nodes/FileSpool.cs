// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Files;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Takes what the device thread recorded out of a ring of about two seconds and writes it to a file.</summary>
internal sealed class FileSpool : IBackgroundWork, IDisposable
{
    private const int BlockFrames = 4096;

    private readonly int _channels;
    private readonly FileSampleFormat? _format;
    private readonly float[] _block;
    private FrameRing? _ring;
    private IAudioFileWriter? _file;
    private AudioMeshException? _failure;
    private FileRateConverter? _converter;
    private int _fileRate;
    private bool _isOver;
    private long _writtenFrames;
    private long _flushedFrames;

    /// <summary>Will write <paramref name="path"/>. Throws FileUnreadable when it is there and may not be replaced.</summary>
    public FileSpool(string path, int channels, FileSampleFormat? format, bool overwrite)
    {
        if (File.Exists(path) && !overwrite)
        {
            throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"{path} exists already.") { Field = "args.path" };
        }

        Path = path;
        _channels = channels;
        _format = format;
        _block = new float[BlockFrames * channels];
    }

    public string Path { get; }

    public long WrittenFrames => Volatile.Read(ref _writtenFrames);

    public bool IsPrimed => true;

    /// <summary>The device thread's end of the ring; null before <see cref="Prepare"/>.</summary>
    public FrameRingWriter? Writer => Volatile.Read(ref _ring)?.Writer;

    /// <summary>
    /// Makes the file at <paramref name="rate"/>, or makes it anew while nothing is in it. What comes at another rate later is converted to the file's. Not while
    /// the ring is written or work is done. Throws what <see cref="AudioFile.Create"/> throws.
    /// </summary>
    public void Prepare(int rate)
    {
        if (_ring?.Rate == rate)
        {
            return;
        }

        Work();
        if (_writtenFrames == 0 && _failure is null)
        {
            _file?.Dispose();
            _file = AudioFile.Create(Path, new AudioFileOptions { Rate = rate, Channels = _channels, Format = _format });
            _fileRate = rate;
        }

        Finish(_converter);
        _converter = rate == _fileRate ? null : new FileRateConverter(rate, _fileRate, _channels);
        FrameRing? old = _ring;
        Volatile.Write(
            ref _ring, FrameRing.Create(new FrameRingOptions { CapacityFrames = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * rate)), Channels = _channels, Rate = rate }));
        old?.Dispose();
    }

    public void Work()
    {
        if (_ring is not { } ring || _file is not { } file || _isOver)
        {
            return;
        }

        try
        {
            Drain(ring);
            if (_writtenFrames - _flushedFrames >= _fileRate)
            {
                file.Flush();
                _flushedFrames = _writtenFrames;
            }
        }
        catch (AudioMeshException failure)
        {
            _isOver = true;
            _failure = failure;
        }
    }

    public AudioMeshException? TakeFailure() => Interlocked.Exchange(ref _failure, null);

    public void Dispose()
    {
        Work();
        Finish(_converter);
        try
        {
            _file?.Dispose();
        }
        catch (AudioMeshException failure)
        {
            _failure ??= failure;
        }

        _ring?.Dispose();
    }

    private void Drain(FrameRing ring)
    {
        int frames;
        while ((frames = ring.Reader.Read(_block, out _)) > 0)
        {
            ReadOnlySpan<float> samples = _block.AsSpan(0, frames * _channels);
            if (_converter is not { } converter)
            {
                Store(samples);
                continue;
            }

            while (!samples.IsEmpty)
            {
                Store(converter.Convert(ref samples));
            }
        }
    }

    // The last frames of a stream are still in its converter.
    private void Finish(FileRateConverter? converter)
    {
        try
        {
            while (!_isOver && converter is not null && converter.Flush() is { IsEmpty: false } rest)
            {
                Store(rest);
            }
        }
        catch (AudioMeshException failure)
        {
            _isOver = true;
            _failure = failure;
        }
    }

    private void Store(ReadOnlySpan<float> samples)
    {
        _file!.Write(samples);
        Volatile.Write(ref _writtenFrames, _writtenFrames + (samples.Length / _channels));
    }
}
