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
    private readonly FileSampleFormat _format;
    private readonly float[] _block;
    private FrameRing? _ring;
    private IAudioFileWriter? _file;
    private AudioMeshException? _failure;
    private bool _isOver;
    private long _writtenFrames;
    private long _flushedFrames;

    /// <summary>Will write <paramref name="path"/>. Throws FileUnreadable when it is there and may not be replaced.</summary>
    public FileSpool(string path, int channels, FileSampleFormat format, bool overwrite)
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

    /// <summary>Makes the file. Throws what <see cref="AudioFile.Create"/> throws, InvalidState when it was made for another rate.</summary>
    public void Prepare(int rate)
    {
        if (_ring is { } ring)
        {
            if (ring.Rate != rate)
            {
                throw new AudioMeshException(
                    AudioErrorKind.InvalidState, $"{Path} is being written at {ring.Rate} Hz, the device runs at {rate} Hz.");
            }

            return;
        }

        _file = AudioFile.Create(Path, new AudioFileOptions { Rate = rate, Channels = _channels, Format = _format });
        Volatile.Write(
            ref _ring, FrameRing.Create(new FrameRingOptions { CapacityFrames = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * rate)), Channels = _channels, Rate = rate }));
    }

    public void Work()
    {
        if (_ring is not { } ring || _file is not { } file || _isOver)
        {
            return;
        }

        try
        {
            Drain(ring, file);
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
        try
        {
            _file?.Dispose();
        }
        catch (AudioMeshException failure)
        {
            _failure = failure;
        }

        _ring?.Dispose();
    }

    private void Drain(FrameRing ring, IAudioFileWriter file)
    {
        int frames;
        while ((frames = ring.Reader.Read(_block, out _)) > 0)
        {
            file.Write(_block.AsSpan(0, frames * _channels));
            Volatile.Write(ref _writtenFrames, _writtenFrames + frames);
        }

        if (_writtenFrames - _flushedFrames >= ring.Rate)
        {
            file.Flush();
            _flushedFrames = _writtenFrames;
        }
    }
}
