// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Clock;
using AudioMesh.Dsp;
using AudioMesh.Files;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Reads a file ahead of the device thread, at the device's rate, into a ring of about one second.</summary>
internal sealed class FilePrefetch : IBackgroundWork, IDisposable
{
    private const int BlockFrames = 2048;

    private readonly IAudioFileReader _file;
    private readonly ResamplerQuality _quality;
    private readonly float[] _read;
    private readonly float[] _converted;
    private Resampler? _resampler;
    private FrameRing? _ring;
    private AudioMeshException? _failure;
    private int _rate;
    private int _readFrames;
    private int _readUsed;
    private int _convertedFrames;
    private int _convertedUsed;
    private bool _isAtEnd;
    private long _seekTo = -1;
    private ulong _discardBefore;
    private long _discardedTo;
    private long _fileFrameAtDiscard;
    private bool _isPrimed;
    private bool _isLooping;

    /// <summary>Opens <paramref name="path"/>; throws what <see cref="AudioFile.OpenRead"/> throws.</summary>
    public FilePrefetch(string path, bool isLooping, long startFrame, ResamplerQuality quality)
    {
        Path = path;
        _quality = quality;
        _file = AudioFile.OpenRead(path);
        _isLooping = isLooping;
        _read = new float[BlockFrames * Channels];
        _converted = new float[BlockFrames * Channels];
        if (startFrame > 0)
        {
            _file.Seek(Math.Min(startFrame, FileFrames));
            _fileFrameAtDiscard = Math.Min(startFrame, FileFrames);
        }
    }

    public string Path { get; }

    public int Channels => _file.Info.Channels;

    public int FileRate => _file.Info.Rate;

    public long FileFrames => _file.Info.Frames;

    public bool IsLooping
    {
        get => Volatile.Read(ref _isLooping);
        set => Volatile.Write(ref _isLooping, value);
    }

    /// <summary>Whether what the file has at its present place was read; not while a seek is asked for and not yet done.</summary>
    public bool IsPrimed => Volatile.Read(ref _isPrimed);

    /// <summary>The device thread's end of the ring; null before <see cref="Prepare"/>.</summary>
    public FrameRingReader? Reader => Volatile.Read(ref _ring)?.Reader;

    /// <summary>Where in the file the device thread is.</summary>
    public long PlayedFileFrames
    {
        get
        {
            long seek = Interlocked.Read(ref _seekTo);
            if (seek >= 0 || Reader is not { } reader)
            {
                return Math.Max(seek, 0);
            }

            long played = Math.Max(0, (long)reader.Position - Interlocked.Read(ref _discardedTo));
            long frame = Interlocked.Read(ref _fileFrameAtDiscard) + (long)(played * ((double)FileRate / _rate));
            return FileFrames > 0 && IsLooping ? frame % FileFrames : Math.Min(frame, FileFrames);
        }
    }

    /// <summary>How well it is converted.</summary>
    public ResamplerQuality Quality => _quality;

    /// <summary>Gets ready to be read at <paramref name="rate"/>, from where it is. Only while nobody reads and no work is done.</summary>
    public void Prepare(int rate)
    {
        if (rate == _rate)
        {
            return;
        }

        if (_ring is not null)
        {
            SeekTo(PlayedFileFrames);
            _discardBefore = 0;
        }

        _rate = rate;
        _resampler = rate == FileRate ? null : MakeResampler(rate);
        FrameRing ring = FrameRing.Create(new FrameRingOptions { CapacityFrames = (int)BitOperations.RoundUpToPowerOf2((uint)rate), Channels = Channels, Rate = rate });
        FrameRing? old = _ring;
        Volatile.Write(ref _ring, ring);
        old?.Dispose();
    }

    /// <summary>Asks for another place in the file, at most its end. Any thread.</summary>
    [RealtimeSafe]
    public void SeekTo(long frame)
    {
        Volatile.Write(ref _isPrimed, false);
        Interlocked.Exchange(ref _seekTo, frame);
    }

    /// <summary>Throws away what was read before the last seek; true when that happened now. Device thread.</summary>
    [RealtimeSafe]
    public bool SkipToSeek(FrameRingReader reader)
    {
        ulong limit = Volatile.Read(ref _discardBefore);
        if (reader.Position >= limit)
        {
            return false;
        }

        reader.Skip((int)Math.Min(limit - reader.Position, (ulong)reader.ReadableFrames));
        return true;
    }

    public void Work()
    {
        if (_ring is not { } ring || _failure is not null)
        {
            return;
        }

        try
        {
            Seek(ring);
            Fill(ring);
        }
        catch (AudioMeshException failure)
        {
            _failure = failure;
            ring.Writer.Complete();
            Volatile.Write(ref _isPrimed, true);
        }
    }

    public AudioMeshException? TakeFailure() => Interlocked.Exchange(ref _failure, null);

    public void Dispose()
    {
        _file.Dispose();
        _ring?.Dispose();
    }

    private void Seek(FrameRing ring)
    {
        long target = Interlocked.Read(ref _seekTo);
        if (target < 0)
        {
            return;
        }

        // A pass that was under way when the seek was asked for has said meanwhile that all is read.
        Volatile.Write(ref _isPrimed, false);
        _file.Seek(target);
        _resampler?.Reset();
        _readFrames = _readUsed = _convertedFrames = _convertedUsed = 0;
        _isAtEnd = false;
        ring.Writer.Reopen();
        Interlocked.Exchange(ref _fileFrameAtDiscard, target);
        Interlocked.Exchange(ref _discardedTo, (long)ring.Writer.Position);
        Volatile.Write(ref _discardBefore, ring.Writer.Position);
        Interlocked.CompareExchange(ref _seekTo, -1, target);
    }

    private void Fill(FrameRing ring)
    {
        FrameRingWriter writer = ring.Writer;
        while (true)
        {
            if (_convertedUsed == _convertedFrames && !Convert())
            {
                writer.Complete();
                break;
            }

            int frames = _convertedFrames - _convertedUsed;
            int written = writer.Write(_converted.AsSpan(_convertedUsed * Channels, frames * Channels), MeshTime.Unknown, FrameFlags.None);
            _convertedUsed += written;
            if (written < frames)
            {
                break;
            }
        }

        Volatile.Write(ref _isPrimed, true);
    }

    // False when the file is over and everything of it has come out of the converter.
    private bool Convert()
    {
        _convertedUsed = 0;
        _convertedFrames = 0;
        while (_convertedFrames == 0)
        {
            if (_readUsed == _readFrames && !Read())
            {
                _convertedFrames = _resampler?.Flush(_converted) ?? 0;
                return _convertedFrames > 0;
            }

            ReadOnlySpan<float> source = _read.AsSpan(_readUsed * Channels, (_readFrames - _readUsed) * Channels);
            if (_resampler is { } resampler)
            {
                _convertedFrames = resampler.Process(source, _converted, out int consumed);
                _readUsed += consumed;
            }
            else
            {
                source.CopyTo(_converted);
                _convertedFrames = _readFrames - _readUsed;
                _readUsed = _readFrames;
            }
        }

        return true;
    }

    private bool Read()
    {
        _readUsed = 0;
        _readFrames = _isAtEnd ? 0 : _file.Read(_read);
        if (_readFrames == 0 && !_isAtEnd && IsLooping && FileFrames > 0)
        {
            _file.Seek(0);
            _readFrames = _file.Read(_read);
        }

        _isAtEnd = _readFrames == 0;
        return !_isAtEnd;
    }

    // On a worker thread 64 bits cost nobody's deadline.
    private Resampler MakeResampler(int rate) => new(
        new ResamplerFilter(new ResamplerOptions { FromRate = FileRate, ToRate = rate, Quality = _quality, Precision = ResamplerPrecision.Double }),
        Channels,
        skipsLatency: true);
}
