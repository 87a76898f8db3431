// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Dsp;
using AudioMesh.Interop;

namespace AudioMesh.Files;

/// <summary>
/// Writes FLAC, AIFF and Ogg through libsndfile. Integers are rounded here, as WAV files are, so that the same floats give the same
/// samples in every kind of file; libsndfile would scale them by one less.
/// </summary>
internal sealed class SndFileWriter : IAudioFileWriter
{
    private const int PieceSamples = 1 << 14;

    private readonly string _path;
    private readonly SndFileHandle _file;
    private readonly FileSampleFormat _samples;
    private readonly int _channels;
    private readonly bool _canUpdateHeader;
    private readonly float[] _piece;
    private readonly int[] _integers;
    private AudioMeshException? _failure;

    private SndFileWriter(string path, SndFileHandle file, AudioContainer container, SF_INFO info)
    {
        _path = path;
        _file = file;
        _samples = SndFileFormats.SamplesOf(info.format);
        _channels = info.channels;
        _piece = new float[Math.Max(1, PieceSamples / _channels) * _channels];
        _integers = new int[_piece.Length];

        // The others are streams, whose header libsndfile would write once more into the middle.
        _canUpdateHeader = container == AudioContainer.Aiff;
        bool isFullScaleOne = _samples is FileSampleFormat.Float32 or FileSampleFormat.Lossy;
        _file.Command(LibSndFile.SFC_SET_NORM_FLOAT, isFullScaleOne ? LibSndFile.SF_TRUE : LibSndFile.SF_FALSE);
    }

    public long FramesWritten { get; private set; }

    /// <summary>Creates the file, once it is clear that it can be written. Throws as <see cref="AudioFile.Create"/>.</summary>
    public static SndFileWriter Create(string path, string extension, AudioFileOptions options)
    {
        SF_INFO info = new()
        {
            samplerate = options.Rate,
            channels = options.Channels,
            format = SndFileFormats.ToWrite(path, extension, options.Format),
        };
        AudioContainer container = SndFileFormats.ContainerOf(info.format);
        if (options.TimeReference is not null)
        {
            throw FileErrors.Unsupported(path, $"{container} files have no place for a time reference, WAV files do");
        }

        if (!SndFileHandle.CanWrite(path, container, info))
        {
            throw FileErrors.Unsupported(path, $"{container} files cannot hold {info.channels} channels at {info.samplerate} Hz");
        }

        SndFileHandle file = SndFileHandle.Open(path, RegularFile.Create(path), container, LibSndFile.SFM_WRITE, ref info);
        return new SndFileWriter(path, file, container, info);
    }

    public void Write(ReadOnlySpan<float> interleaved)
    {
        ThrowIfUnusable();
        FileChecks.WholeFrames(_path, interleaved.Length, _channels);
        while (!interleaved.IsEmpty)
        {
            Span<float> piece = _piece.AsSpan(0, Math.Min(_piece.Length, interleaved.Length));
            interleaved[..piece.Length].CopyTo(piece);
            interleaved = interleaved[piece.Length..];
            Store(piece);
        }
    }

    public void WriteSilence(long frames)
    {
        ThrowIfUnusable();
        FileChecks.Silence(_path, frames);
        long samples = frames * _channels;
        while (samples > 0)
        {
            Span<float> piece = _piece.AsSpan(0, (int)Math.Min(_piece.Length, samples));
            piece.Clear();
            samples -= piece.Length;
            Store(piece);
        }
    }

    public void Flush()
    {
        ThrowIfUnusable();
        if (_canUpdateHeader)
        {
            _file.Command(LibSndFile.SFC_UPDATE_HEADER_NOW, 0);
        }

        _file.Sync();
        if (_file.HasSystemError())
        {
            throw Fail();
        }
    }

    public void Dispose()
    {
        if (_file.IsClosed)
        {
            return;
        }

        _file.Dispose();
        if (_failure is null && !_file.ClosedWell)
        {
            throw FileErrors.Make(FailureKind(), _path, "its end could not be written");
        }
    }

    private void Store(Span<float> piece)
    {
        Quantize(piece);
        long frames = _file.Write(piece, _channels);
        FramesWritten += frames;
        if (frames * _channels != piece.Length || _file.HasSystemError())
        {
            throw Fail();
        }
    }

    /// <summary>Turns samples into whole numbers of the file's range, which is what libsndfile then takes floats for.</summary>
    private void Quantize(Span<float> piece)
    {
        switch (_samples)
        {
            case FileSampleFormat.Int16:
                Span<short> shorts = MemoryMarshal.Cast<int, short>(_integers.AsSpan());
                SampleConvert.ToInt16(piece, shorts);
                SampleConvert.FromInt16(shorts, piece);
                Gain.Apply(piece, 1 << 15);
                break;
            case FileSampleFormat.Int24:
                SampleConvert.ToInt24In32(piece, _integers);
                SampleConvert.FromInt24In32(_integers, piece);
                Gain.Apply(piece, 1 << 23);
                break;
        }
    }

    private AudioMeshException Fail()
    {
        AudioMeshException error = _file.LastError(_path);
        _failure = error.Kind == AudioErrorKind.DiskFull ? error : FileErrors.Make(FailureKind(), _path, "cannot be written", error);
        return _failure;
    }

    // Encoders do not hand on why they could not write; a disk with less room than one piece is reason enough.
    private AudioErrorKind FailureKind()
    {
        try
        {
            long room = new DriveInfo(Path.GetFullPath(_path)).AvailableFreeSpace;
            return room < sizeof(float) * PieceSamples ? AudioErrorKind.DiskFull : AudioErrorKind.FileUnreadable;
        }
        catch (Exception e) when (FileErrors.IsFromSystem(e))
        {
            return AudioErrorKind.FileUnreadable;
        }
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
