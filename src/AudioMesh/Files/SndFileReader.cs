// SPDX-License-Identifier: MIT
using AudioMesh.Interop;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Files;

/// <summary>Reads what libsndfile knows: FLAC, Ogg, MP3, AIFF, CAF, and WAV with codecs other than PCM and float.</summary>
internal sealed class SndFileReader : IAudioFileReader
{
    private const int CountingSamples = 1 << 14;

    private readonly SndFileHandle _file;
    private readonly bool _canSeek;

    /// <summary>
    /// Takes <paramref name="file"/> over, whether it succeeds or not. Throws LibraryMissing, FileInvalid, FormatUnsupported or
    /// FileUnreadable.
    /// </summary>
    public SndFileReader(string path, SafeFileHandle file, AudioContainer container)
    {
        SF_INFO info = default;
        _file = SndFileHandle.Open(path, file, container, LibSndFile.SFM_READ, ref info);
        try
        {
            FileChecks.Shape(path, info.samplerate, info.channels);
            long frames = info.frames == LibSndFile.SF_COUNT_MAX ? CountFrames(path, info.channels) : Math.Max(0, info.frames);
            _canSeek = info.seekable != 0;
            FileSampleFormat samples = SndFileFormats.SamplesOf(info.format);
            Info = new AudioFileInfo(path, container, samples, info.samplerate, info.channels, frames, null, false);
        }
        catch (AudioMeshException)
        {
            _file.Dispose();
            throw;
        }
    }

    public AudioFileInfo Info { get; }

    public int Read(Span<float> interleaved)
    {
        ThrowIfClosed();
        int frames = (int)_file.Read(interleaved, Info.Channels);
        return frames == 0 && _file.HasSystemError() ? throw _file.LastError(Info.Path) : frames;
    }

    public void Seek(long frame)
    {
        ThrowIfClosed();
        FileChecks.Seek(Info, frame);
        if (!_canSeek || !_file.Seek(frame))
        {
            throw FileErrors.Unsupported(Info.Path, $"frame {frame} cannot be gone to");
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>A stream that never learned its length, such as a recording cut off, has to be decoded once to know it.</summary>
    private long CountFrames(string path, int channels)
    {
        float[] piece = new float[CountingSamples];
        long frames = 0;
        for (long read = _file.Read(piece, channels); read > 0; read = _file.Read(piece, channels))
        {
            frames += read;
        }

        return _file.Seek(0) ? frames : throw FileErrors.Unsupported(path, "does not say how long it is and cannot be read twice");
    }

    private void ThrowIfClosed()
    {
        if (_file.IsClosed)
        {
            throw FileErrors.Closed(Info.Path);
        }
    }
}
