// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Network.Interop;

namespace AudioMesh.Network.Wire;

/// <summary>Makes payloads of one lane's samples. One thread at a time; allocates nothing after construction.</summary>
public sealed unsafe class LaneEncoder : IDisposable
{
    private readonly SampleEncoding _encoding;
    private readonly int _channels;
    private readonly float[] _interleaved;
    private OpusEncoder* _opus;

    /// <summary>
    /// An encoder for packets of <paramref name="channels"/> channels and up to <paramref name="frames"/> frames; with Opus exactly so many, at 128 kbit/s a channel. Throws InvalidArgument;
    /// with Opus FormatUnsupported, and LibraryMissing where libopus is not installed.
    /// </summary>
    public LaneEncoder(SampleEncoding encoding, int rate, int channels, int frames)
    {
        LaneDecoder.Check(encoding, channels, frames);
        (_encoding, _channels, Frames, _interleaved) = (encoding, channels, frames, []);
        if (encoding == SampleEncoding.Opus)
        {
            OpusFrames.Check(rate, channels, frames);
            _interleaved = new float[channels * frames];
            _opus = Open(rate, channels);
            DelayFrames = OpusFrames.DelayAt(rate);
        }
    }

    /// <summary>Gives the codec back where it was not disposed.</summary>
    ~LaneEncoder() => Close();

    /// <summary>Most frames of a packet; with Opus, of every one.</summary>
    public int Frames { get; }

    /// <summary>How many frames later than given a sound comes out of the decoder. The packet's position and time must say when what comes out sounded: so much earlier.</summary>
    public int DelayFrames { get; }

    /// <summary>The longest payload.</summary>
    public int MostBytes => _encoding == SampleEncoding.Opus ? OpusFrames.MostBytes : _channels * Frames * SampleCodec.BytesPerSample(_encoding);

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Writes frames <paramref name="offset"/> to <paramref name="offset"/> + <paramref name="frames"/> of each channel and returns the payload's bytes. Opus takes what room there is and
    /// sounds accordingly. 0 where <paramref name="payload"/> has no room or the frames are more than <see cref="Frames"/> (with Opus: other than).
    /// </summary>
    public int Encode(float** channels, int offset, int frames, Span<byte> payload)
    {
        if (_encoding == SampleEncoding.Opus)
        {
            return frames == Frames && !payload.IsEmpty ? EncodeOpus(channels, offset, payload) : 0;
        }

        int bytes = frames * SampleCodec.BytesPerSample(_encoding);
        if (frames < 1 || frames > Frames || payload.Length < _channels * bytes)
        {
            return 0;
        }

        for (int channel = 0; channel < _channels; channel++)
        {
            SampleCodec.Encode(_encoding, new ReadOnlySpan<float>(channels[channel] + offset, frames), payload.Slice(channel * bytes, bytes));
        }

        return _channels * bytes;
    }

    private static OpusEncoder* Open(int rate, int channels)
    {
        LibOpus library = LibOpus.Instance;
        int error;
        OpusEncoder* opus = library.opus_encoder_create(rate, channels, LibOpus.OPUS_APPLICATION_RESTRICTED_LOWDELAY, &error);
        if (error != LibOpus.OPUS_OK)
        {
            throw new AudioMeshException(AudioErrorKind.FormatUnsupported, $"libopus has no encoder for {rate} Hz, {channels} channels: {library.ErrorText(error)}");
        }

        _ = library.opus_encoder_ctl(opus, LibOpus.OPUS_SET_BITRATE_REQUEST, channels * OpusFrames.BitrateEach);
        return opus;
    }

    private int EncodeOpus(float** channels, int offset, Span<byte> payload)
    {
        float** moved = stackalloc float*[2];
        for (int channel = 0; channel < _channels; channel++)
        {
            moved[channel] = channels[channel] + offset;
        }

        Interleave.FromPlanar(moved, _interleaved, _channels, Frames);
        fixed (float* samples = _interleaved)
        {
            fixed (byte* bytes = payload)
            {
                return Math.Max(0, LibOpus.Instance.opus_encode_float(_opus, samples, Frames, bytes, Math.Min(payload.Length, OpusFrames.MostBytes)));
            }
        }
    }

    private void Close()
    {
        if (_opus != null)
        {
            LibOpus.Instance.opus_encoder_destroy(_opus);
            _opus = null;
        }
    }
}
