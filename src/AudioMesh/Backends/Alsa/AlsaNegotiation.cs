// SPDX-License-Identifier: MIT
using System.Globalization;
using AudioMesh.Interop;

namespace AudioMesh.Backends.Alsa;

/// <summary>
/// Finds a configuration that a PCM has and a request allows, and applies it. What the device cannot do is an error that says what it
/// can; only period and buffer are taken as near as they come. Control thread only.
/// </summary>
internal sealed unsafe class AlsaNegotiation : IDisposable
{
    private const int DefaultRate = 48_000;
    private const int DefaultPeriodFrames = 128;
    private const int FewestPeriods = 2;

    private static readonly int[] CommonRates =
        [8000, 11025, 16000, 22050, 32000, 44100, 48000, 88200, 96000, 176400, 192000, 352800, 384000];

    private readonly LibAsound _library;
    private readonly snd_pcm_t* _pcm;
    private readonly string _device;
    private snd_pcm_hw_params_t* _parameters;

    public AlsaNegotiation(LibAsound library, snd_pcm_t* pcm, string device)
    {
        _library = library;
        _pcm = pcm;
        _device = device;
        snd_pcm_hw_params_t* parameters = null;
        Check(library.snd_pcm_hw_params_malloc(&parameters), "asking for its configurations");
        _parameters = parameters;
    }

    /// <summary>
    /// Configures the PCM for <paramref name="channels"/> channels; rate and period are those of <paramref name="partner"/>, where one
    /// runs in step with it. Throws FormatUnsupported, InvalidArgument (the period) or DeviceBusy.
    /// </summary>
    public PcmShape Apply(StreamRequest request, int channels, PcmShape? partner)
    {
        Check(_library.snd_pcm_hw_params_any(_pcm, _parameters), "asking for its configurations");
        Check(_library.snd_pcm_hw_params_set_rate_resample(_pcm, _parameters, 0), "switching resampling off");
        snd_pcm_access_t access = ChooseAccess(request.UseMmap && !RecordsFromNothing());
        if (request.Format != SampleFormat.Any)
        {
            SetFormat(request.Format);
        }

        SetChannels(channels);
        int rate = SetRate(partner?.Rate ?? request.Rate);
        SampleFormat format = request.Format == SampleFormat.Any ? ChooseFormat() : request.Format;
        int period = SetPeriod(partner?.PeriodFrames ?? request.PeriodFrames);
        if (partner is not null && period != partner.PeriodFrames)
        {
            throw Unsupported($"records in periods of {period} frames and plays in periods of {partner.PeriodFrames}");
        }

        int buffer = SetBuffer(period, request.Periods == 0 ? FewestPeriods : request.Periods);
        Check(_library.snd_pcm_hw_params(_pcm, _parameters), "configuring it");
        return new PcmShape(
            access is snd_pcm_access_t.SND_PCM_ACCESS_MMAP_INTERLEAVED or snd_pcm_access_t.SND_PCM_ACCESS_MMAP_NONINTERLEAVED,
            access is snd_pcm_access_t.SND_PCM_ACCESS_MMAP_INTERLEAVED or snd_pcm_access_t.SND_PCM_ACCESS_RW_INTERLEAVED,
            format,
            channels,
            rate,
            period,
            buffer);
    }

    public void Dispose()
    {
        _library.snd_pcm_hw_params_free(_parameters);
        _parameters = null;
    }

    /// <summary>Mapped, the memory of these PCMs is what happened to lie there: they never fill it in.</summary>
    private bool RecordsFromNothing() =>
        _library.snd_pcm_stream(_pcm) == snd_pcm_stream_t.SND_PCM_STREAM_CAPTURE
        && _library.snd_pcm_type(_pcm) is snd_pcm_type_t.SND_PCM_TYPE_NULL or snd_pcm_type_t.SND_PCM_TYPE_FILE;

    private snd_pcm_access_t ChooseAccess(bool mapped)
    {
        ReadOnlySpan<snd_pcm_access_t> wanted =
        [
            snd_pcm_access_t.SND_PCM_ACCESS_MMAP_INTERLEAVED,
            snd_pcm_access_t.SND_PCM_ACCESS_MMAP_NONINTERLEAVED,
            snd_pcm_access_t.SND_PCM_ACCESS_RW_INTERLEAVED,
            snd_pcm_access_t.SND_PCM_ACCESS_RW_NONINTERLEAVED,
        ];
        foreach (snd_pcm_access_t access in mapped ? wanted : wanted[2..])
        {
            if (_library.snd_pcm_hw_params_test_access(_pcm, _parameters, access) == 0)
            {
                Check(_library.snd_pcm_hw_params_set_access(_pcm, _parameters, access), "choosing how to reach its samples");
                return access;
            }
        }

        throw Unsupported(mapped ? "lets nobody at its samples" : "has mapped access only");
    }

    private void SetFormat(SampleFormat format)
    {
        if (_library.snd_pcm_hw_params_set_format(_pcm, _parameters, AlsaFormats.ToAlsa(format)) < 0)
        {
            throw Unsupported($"has no format {format}, but {Formats()}", "format", Formats());
        }
    }

    private SampleFormat ChooseFormat()
    {
        foreach (SampleFormat format in AlsaFormats.ByPreference)
        {
            if (Has(format))
            {
                SetFormat(format);
                return format;
            }
        }

        throw Unsupported("has none of the formats AudioMesh knows");
    }

    private bool Has(SampleFormat format) => _library.snd_pcm_hw_params_test_format(_pcm, _parameters, AlsaFormats.ToAlsa(format)) == 0;

    private string Formats()
    {
        List<string> names = [];
        foreach (SampleFormat format in AlsaFormats.ByPreference)
        {
            if (Has(format))
            {
                names.Add(format.ToString());
            }
        }

        return names.Count > 0 ? string.Join(", ", names) : "none that AudioMesh knows";
    }

    private void SetChannels(int channels)
    {
        if (_library.snd_pcm_hw_params_set_channels(_pcm, _parameters, (uint)channels) < 0)
        {
            uint least;
            uint most;
            _library.snd_pcm_hw_params_get_channels_min(_parameters, &least);
            _library.snd_pcm_hw_params_get_channels_max(_parameters, &most);
            string allowed = Range(least, Math.Min(most, StreamRequest.MaxChannels));
            throw Unsupported($"cannot do {channels} channels, but {allowed}", "channels", allowed);
        }
    }

    private int SetRate(int rate)
    {
        uint wanted = (uint)(rate == 0 ? DefaultRate : rate);
        int code = rate == 0
            ? _library.snd_pcm_hw_params_set_rate_near(_pcm, _parameters, &wanted, null)
            : _library.snd_pcm_hw_params_set_rate(_pcm, _parameters, wanted, 0);
        if (code < 0)
        {
            string allowed = Rates();
            throw Unsupported($"cannot run at {rate} frames per second, but at {allowed}", "rate", allowed);
        }

        return (int)wanted;
    }

    /// <summary>The usual rates it has; its range where that is none of them.</summary>
    private string Rates()
    {
        List<string> rates = [];
        foreach (int rate in CommonRates)
        {
            if (_library.snd_pcm_hw_params_test_rate(_pcm, _parameters, (uint)rate, 0) == 0)
            {
                rates.Add(rate.ToString(CultureInfo.InvariantCulture));
            }
        }

        if (rates.Count > 0)
        {
            return string.Join(", ", rates);
        }

        uint least;
        uint most;
        _library.snd_pcm_hw_params_get_rate_min(_parameters, &least, null);
        _library.snd_pcm_hw_params_get_rate_max(_parameters, &most, null);
        return Range(least, most);
    }

    private int SetPeriod(int frames)
    {
        ulong least;
        ulong most;
        _library.snd_pcm_hw_params_get_period_size_min(_parameters, &least, null);
        _library.snd_pcm_hw_params_get_period_size_max(_parameters, &most, null);
        if (least > StreamRequest.MaxPeriodFrames)
        {
            throw Unsupported($"has periods of {least} frames at least; AudioMesh goes up to {StreamRequest.MaxPeriodFrames}");
        }

        string allowed = Range(least, Math.Min(most, StreamRequest.MaxPeriodFrames));
        if (frames != 0 && ((ulong)frames < least || (ulong)frames > most))
        {
            throw new AudioMeshException(
                AudioErrorKind.InvalidArgument, $"alsa: '{_device}' has no periods of {frames} frames here, but of {allowed}.")
            {
                Field = "period",
                Allowed = allowed,
            };
        }

        ulong period = (ulong)(frames == 0 ? DefaultPeriodFrames : frames);
        int direction = 0;
        Check(_library.snd_pcm_hw_params_set_period_size_near(_pcm, _parameters, &period, &direction), $"setting its period to {frames} frames");
        return period <= StreamRequest.MaxPeriodFrames ? (int)period : throw Unsupported($"made of {frames} frames a period of {period}");
    }

    private int SetBuffer(int period, int periods)
    {
        ulong buffer = (ulong)period * (ulong)periods;
        Check(_library.snd_pcm_hw_params_set_buffer_size_near(_pcm, _parameters, &buffer), $"setting its buffer to {buffer} frames");
        return buffer >= (ulong)(period * FewestPeriods) && buffer <= int.MaxValue
            ? (int)buffer
            : throw Unsupported($"has a buffer of {buffer} frames for periods of {period}");
    }

    private static string Range(ulong least, ulong most) => least == most ? $"{least}" : $"{least}..{most}";

    private void Check(int code, string step)
    {
        if (code < 0)
        {
            throw AlsaErrors.Failed(_library, _device, step, code, "");
        }
    }

    private AudioMeshException Unsupported(string what, string? field = null, string? allowed = null) =>
        new(AudioErrorKind.FormatUnsupported, $"alsa: '{_device}' {what}.") { Field = field, Allowed = allowed };
}
