// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Files;

/// <summary>Reads WAV, RF64 and BW64 files.</summary>
internal sealed class WavReader : IAudioFileReader
{
    private const int BufferBytes = 1 << 16;

    private readonly SafeFileHandle _file;
    private readonly WavFormat _format;
    private readonly long _dataStart;
    private readonly byte[] _buffer;

    private long _nextFrame;
    private int _bufferedFrames;
    private int _bufferFrame;

    /// <summary>
    /// Takes <paramref name="file"/> over once its header is read. Throws FileInvalid or FormatUnsupported, and what the system throws.
    /// </summary>
    public WavReader(string path, SafeFileHandle file)
    {
        WavHeader header = WavHeaderReader.Read(path, file);
        _file = file;
        _format = header.Format;
        _dataStart = header.DataStart;
        _buffer = new byte[Math.Max(1, BufferBytes / _format.BytesPerFrame) * _format.BytesPerFrame];
        Info = new AudioFileInfo(
            path,
            header.Container,
            _format.Samples,
            _format.Rate,
            _format.Channels,
            header.Frames,
            header.TimeReference,
            header.IsTruncated);
    }

    public AudioFileInfo Info { get; }

    public int Read(Span<float> interleaved)
    {
        ThrowIfClosed();
        int channels = _format.Channels;
        int wanted = (int)Math.Min(interleaved.Length / channels, Info.Frames - _nextFrame);
        int done = 0;
        while (done < wanted && (_bufferFrame < _bufferedFrames || FillBuffer()))
        {
            int frames = Math.Min(wanted - done, _bufferedFrames - _bufferFrame);
            ReadOnlySpan<byte> bytes = _buffer.AsSpan(_bufferFrame * _format.BytesPerFrame, frames * _format.BytesPerFrame);
            WavSamples.Decode(_format.Samples, bytes, interleaved.Slice(done * channels, frames * channels));
            _bufferFrame += frames;
            _nextFrame += frames;
            done += frames;
        }

        return done;
    }

    public void Seek(long frame)
    {
        ThrowIfClosed();
        FileChecks.Seek(Info, frame);
        long inBuffer = frame - (_nextFrame - _bufferFrame);
        bool isBuffered = inBuffer >= 0 && inBuffer < _bufferedFrames;
        _bufferFrame = isBuffered ? (int)inBuffer : 0;
        _bufferedFrames = isBuffered ? _bufferedFrames : 0;
        _nextFrame = frame;
    }

    public void Dispose() => _file.Dispose();

    private bool FillBuffer()
    {
        try
        {
            int bytes = (int)Math.Min(_buffer.Length, (Info.Frames - _nextFrame) * _format.BytesPerFrame);
            long offset = _dataStart + (_nextFrame * _format.BytesPerFrame);
            _bufferedFrames = FileBytes.ReadUpTo(_file, offset, _buffer.AsSpan(0, bytes)) / _format.BytesPerFrame;
            _bufferFrame = 0;
            return _bufferedFrames > 0;
        }
        catch (Exception e) when (FileErrors.IsFromSystem(e))
        {
            throw FileErrors.From(Info.Path, e);
        }
    }

    private void ThrowIfClosed()
    {
        if (_file.IsClosed)
        {
            throw FileErrors.Closed(Info.Path);
        }
    }
}
