// SPDX-License-Identifier: MIT
using AudioMesh.Interop;

namespace AudioMesh.Backends.Alsa;

/// <summary>Our sample formats as ALSA calls them.</summary>
internal static class AlsaFormats
{
    /// <summary>All of them, the ones to take first first: float as it is, then the widest integer.</summary>
    public static ReadOnlySpan<SampleFormat> ByPreference =>
        [SampleFormat.Float32, SampleFormat.Int32, SampleFormat.Int24In32, SampleFormat.Int24, SampleFormat.Int16];

    public static snd_pcm_format_t ToAlsa(SampleFormat format) => format switch
    {
        SampleFormat.Int16 => snd_pcm_format_t.SND_PCM_FORMAT_S16_LE,
        SampleFormat.Int24In32 => snd_pcm_format_t.SND_PCM_FORMAT_S24_LE,
        SampleFormat.Int24 => snd_pcm_format_t.SND_PCM_FORMAT_S24_3LE,
        SampleFormat.Int32 => snd_pcm_format_t.SND_PCM_FORMAT_S32_LE,
        _ => snd_pcm_format_t.SND_PCM_FORMAT_FLOAT_LE,
    };

    public static int BytesPerSample(SampleFormat format) => format switch
    {
        SampleFormat.Int16 => 2,
        SampleFormat.Int24 => 3,
        _ => 4,
    };
}
