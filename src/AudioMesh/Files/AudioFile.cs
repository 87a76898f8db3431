// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Files;

/// <summary>
/// Opens and creates audio files: WAV, RF64 and BW64 by ourselves, others through libsndfile where it is installed.
/// Any thread but a device thread.
/// </summary>
public static class AudioFile
{
    /// <summary>The lowest rate in frames per second.</summary>
    public const int MinRate = 1000;

    /// <summary>The highest rate in frames per second.</summary>
    public const int MaxRate = 768_000;

    /// <summary>The most channels.</summary>
    public const int MaxChannels = 256;

    /// <summary>
    /// Opens a file for reading; its content says what it is, not its name. Throws <see cref="AudioMeshException"/>: NotFound,
    /// PermissionDenied, FileUnreadable (also for what is no regular file), FileInvalid, FormatUnsupported, LibraryMissing or
    /// InvalidArgument.
    /// </summary>
    public static IAudioFileReader OpenRead(string path)
    {
        SafeFileHandle file = RegularFile.OpenRead(path);
        try
        {
            return OpenContent(path, file);
        }
        catch (Exception e)
        {
            file.Dispose();
            if (FileErrors.IsFromSystem(e))
            {
                throw FileErrors.From(path, e);
            }

            throw;
        }
    }

    /// <summary>
    /// Creates a file, or empties one that is there. The extension says what it becomes: .wav (.wave, .bwf); through libsndfile .flac,
    /// .aiff (.aif), .ogg (.oga, with Vorbis) and .opus. Throws <see cref="AudioMeshException"/>: NotFound, PermissionDenied,
    /// FileUnreadable (also for what is no regular file), FormatUnsupported, LibraryMissing, DiskFull or InvalidArgument.
    /// </summary>
    public static IAudioFileWriter Create(string path, AudioFileOptions options)
    {
        options.Validate();
        string extension = Path.GetExtension(path).ToLowerInvariant();
        return extension is ".wav" or ".wave" or ".bwf"
            ? WavWriter.Create(path, options)
            : SndFileWriter.Create(path, extension, options);
    }

    private static IAudioFileReader OpenContent(string path, SafeFileHandle file)
    {
        Span<byte> start = stackalloc byte[FileSignature.Bytes];
        int length = FileBytes.ReadUpTo(file, 0, start);
        if (length == 0)
        {
            throw FileErrors.Invalid(path, "is empty");
        }

        AudioContainer container = FileSignature.Identify(start[..length])
            ?? throw FileErrors.Invalid(path, $"is no audio file, it begins with {Convert.ToHexString(start[..length])}");
        return container is AudioContainer.Wav or AudioContainer.Rf64 or AudioContainer.Bw64
            ? OpenWav(path, file, container)
            : new SndFileReader(path, file, container);
    }

    /// <summary>
    /// WAV files also carry codecs that we leave to libsndfile; where that cannot help, our own words for them are the better ones.
    /// </summary>
    private static IAudioFileReader OpenWav(string path, SafeFileHandle file, AudioContainer container)
    {
        try
        {
            return new WavReader(path, file);
        }
        catch (AudioMeshException unsupported) when (unsupported.Kind == AudioErrorKind.FormatUnsupported)
        {
            try
            {
                return new SndFileReader(path, file, container);
            }
            catch (AudioMeshException)
            {
                throw unsupported;
            }
        }
    }
}
