// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Files;

/// <summary>Writes WAV files, as RF64 once they pass 4 GiB.</summary>
internal sealed class WavWriter : IAudioFileWriter
{
    private const int BufferBytes = 1 << 16;
    private static readonly byte[] Padding = new byte[1];

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly WavFormat _format;
    private readonly WavHeaderWriter _header;
    private readonly byte[] _buffer;

    private long _storedBytes;
    private int _bufferedBytes;
    private AudioMeshException? _failure;

    private WavWriter(string path, SafeFileHandle file, WavFormat format, long? timeReference)
    {
        _path = path;
        _file = file;
        _format = format;
        _header = new WavHeaderWriter(format, timeReference);
        _buffer = new byte[Math.Max(1, BufferBytes / format.BytesPerFrame) * format.BytesPerFrame];
        RandomAccess.Write(file, _header.Bytes, 0);
    }

    /// <summary>Creates the file with a header. Throws as <see cref="AudioFile.Create"/>.</summary>
    public static WavWriter Create(string path, AudioFileOptions options)
    {
        WavFormat format = WavFormat.ToWrite(path, options);
        SafeFileHandle file = RegularFile.Create(path);
        try
        {
            return new WavWriter(path, file, format, options.TimeReference);
        }
        catch (Exception e) when (FileErrors.IsFromSystem(e))
        {
            file.Dispose();
            throw FileErrors.From(path, e);
        }
    }

    public long FramesWritten => (_storedBytes + _bufferedBytes) / _format.BytesPerFrame;

    private long DataEnd => _header.Bytes.Length + _storedBytes;

    public void Write(ReadOnlySpan<float> interleaved)
    {
        ThrowIfUnusable();
        FileChecks.WholeFrames(_path, interleaved.Length, _format.Channels);
        while (!interleaved.IsEmpty)
        {
            int samples = Math.Min(interleaved.Length, (_buffer.Length - _bufferedBytes) / _format.BytesPerSample);
            Span<byte> room = _buffer.AsSpan(_bufferedBytes, samples * _format.BytesPerSample);
            WavSamples.Encode(_format.Samples, interleaved[..samples], room);
            interleaved = interleaved[samples..];
            _bufferedBytes += room.Length;
            if (_bufferedBytes == _buffer.Length)
            {
                StoreBuffer();
            }
        }
    }

    public void WriteSilence(long frames)
    {
        ThrowIfUnusable();
        FileChecks.Silence(_path, frames);
        StoreBuffer();
        try
        {
            long bytes = frames * _format.BytesPerFrame;
            RandomAccess.SetLength(_file, DataEnd + bytes);
            _storedBytes += bytes;
        }
        catch (Exception e) when (FileErrors.IsFromSystem(e))
        {
            throw Fail(e);
        }
    }

    public void Flush()
    {
        ThrowIfUnusable();
        try
        {
            Finish();
            RandomAccess.FlushToDisk(_file);
        }
        catch (Exception e) when (FileErrors.IsFromSystem(e))
        {
            throw Fail(e);
        }
    }

    public void Dispose()
    {
        if (_file.IsClosed)
        {
            return;
        }

        try
        {
            if (_failure is null)
            {
                Finish();
            }
        }
        catch (Exception e) when (FileErrors.IsFromSystem(e))
        {
            throw Fail(e);
        }
        finally
        {
            _file.Dispose();
        }
    }

    private void StoreBuffer()
    {
        try
        {
            RandomAccess.Write(_file, _buffer.AsSpan(0, _bufferedBytes), DataEnd);
            _storedBytes += _bufferedBytes;
            _bufferedBytes = 0;
        }
        catch (Exception e) when (FileErrors.IsFromSystem(e))
        {
            throw Fail(e);
        }
    }

    private void Finish()
    {
        StoreBuffer();
        if (_storedBytes % 2 != 0)
        {
            RandomAccess.Write(_file, Padding, DataEnd);
        }

        _header.SetDataBytes(_storedBytes);
        RandomAccess.Write(_file, _header.Bytes, 0);
    }

    /// <summary>Ends the file after the last whole frame that is in it, with a header that says so.</summary>
    private AudioMeshException Fail(Exception cause)
    {
        _failure = FileErrors.From(_path, cause);
        try
        {
            long reached = Math.Min(RandomAccess.GetLength(_file) - _header.Bytes.Length, _storedBytes + _bufferedBytes);
            long frames = Math.Max(0, reached) / _format.BytesPerFrame;

            // There may be no room for a padding byte: give the last frame for it.
            frames -= frames * _format.BytesPerFrame % 2;
            _bufferedBytes = 0;
            _storedBytes = frames * _format.BytesPerFrame;
            RandomAccess.SetLength(_file, DataEnd);
            _header.SetDataBytes(_storedBytes);
            RandomAccess.Write(_file, _header.Bytes, 0);
        }
        catch (Exception e) when (FileErrors.IsFromSystem(e))
        {
            // The first failure is the one to report; the file reads as a streamed one.
        }

        return _failure;
    }

    private void ThrowIfUnusable()
    {
        if (_failure is not null)
        {
            throw _failure;
        }

        if (_file.IsClosed)
        {
            throw FileErrors.Closed(_path);
        }
    }
}
