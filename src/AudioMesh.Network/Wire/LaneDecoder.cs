// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Network.Interop;

namespace AudioMesh.Network.Wire;

/// <summary>Makes samples of one lane's payloads again. One thread at a time; allocates nothing after construction.</summary>
public sealed unsafe class LaneDecoder : IDisposable
{
    private readonly SampleEncoding _encoding;
    private readonly int _rate;
    private readonly int _channels;
    private readonly float[] _interleaved;
    private OpusDecoder* _opus;

    /// <summary>
    /// A decoder for packets of <paramref name="channels"/> channels and up to <paramref name="frames"/> frames. Throws InvalidArgument; with Opus FormatUnsupported, and LibraryMissing
    /// where libopus is not installed.
    /// </summary>
    public LaneDecoder(SampleEncoding encoding, int rate, int channels, int frames)
    {
        Check(encoding, channels, frames);
        (_encoding, _rate, _channels, Frames, _interleaved) = (encoding, rate, channels, frames, []);
        if (encoding == SampleEncoding.Opus)
        {
            OpusFrames.Check(rate, channels, frames);
            _interleaved = new float[channels * frames];
            _opus = Open(rate, channels);
        }
    }

    /// <summary>Gives the codec back where it was not disposed.</summary>
    ~LaneDecoder() => Close();

    /// <summary>Most frames of a packet.</summary>
    public int Frames { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Reads <paramref name="frames"/> frames into each channel from <paramref name="offset"/> on. False, and nothing is written, where <paramref name="payload"/> does not have as many: Opus
    /// must be given packets in their order, and may then be given ones with others missing between.
    /// </summary>
    public bool TryDecode(ReadOnlySpan<byte> payload, float** channels, int offset, int frames)
    {
        if (frames < 1 || frames > Frames)
        {
            return false;
        }

        if (_encoding == SampleEncoding.Opus)
        {
            return TryDecodeOpus(payload, channels, offset, frames);
        }

        int bytes = frames * SampleCodec.BytesPerSample(_encoding);
        if (payload.Length != _channels * bytes)
        {
            return false;
        }

        for (int channel = 0; channel < _channels; channel++)
        {
            SampleCodec.Decode(_encoding, payload.Slice(channel * bytes, bytes), new Span<float>(channels[channel] + offset, frames));
        }

        return true;
    }

    internal static void Check(SampleEncoding encoding, int channels, int frames)
    {
        bool isKnown = encoding is >= SampleEncoding.Float32 and <= SampleEncoding.Opus;
        if (!isKnown || channels is < 1 or > AudioBody.MostChannels || frames is < 1 or > AudioBody.MostFrames)
        {
            throw new AudioMeshException(
                AudioErrorKind.InvalidArgument, $"Packets of {channels} channels and {frames} frames as {encoding} are not possible.")
            {
                Allowed = $"1..{AudioBody.MostChannels} channels, 1..{AudioBody.MostFrames} frames",
            };
        }
    }

    private static OpusDecoder* Open(int rate, int channels)
    {
        LibOpus library = LibOpus.Instance;
        int error;
        OpusDecoder* opus = library.opus_decoder_create(rate, channels, &error);
        return error == LibOpus.OPUS_OK ? opus
            : throw new AudioMeshException(AudioErrorKind.FormatUnsupported, $"libopus has no decoder for {rate} Hz, {channels} channels: {library.ErrorText(error)}");
    }

    private bool TryDecodeOpus(ReadOnlySpan<byte> payload, float** channels, int offset, int frames)
    {
        LibOpus library = LibOpus.Instance;
        fixed (byte* bytes = payload)
        {
            fixed (float* samples = _interleaved)
            {
                if (payload.IsEmpty || library.opus_packet_get_nb_samples(bytes, payload.Length, _rate) != frames
                    || library.opus_decode_float(_opus, bytes, payload.Length, samples, Frames, 0) != frames)
                {
                    return false;
                }
            }
        }

        float** moved = stackalloc float*[2];
        for (int channel = 0; channel < _channels; channel++)
        {
            moved[channel] = channels[channel] + offset;
        }

        Interleave.ToPlanar(_interleaved.AsSpan(0, _channels * frames), moved, _channels, frames);
        return true;
    }

    private void Close()
    {
        if (_opus != null)
        {
            LibOpus.Instance.opus_decoder_destroy(_opus);
            _opus = null;
        }
    }
}
