// SPDX-License-Identifier: MIT
using AudioMesh.Interop;

namespace AudioMesh.Backends.Alsa;

/// <summary>How a PCM wakes, starts and stamps. Control thread only.</summary>
internal static unsafe class AlsaSoftwareParams
{
    /// <summary>
    /// Wake for a whole period; start when told, never by itself; stop (an xrun) when empty; stamp by CLOCK_MONOTONIC. Returns 0 or a
    /// negated errno.
    /// </summary>
    public static int Apply(LibAsound library, snd_pcm_t* pcm, PcmShape shape)
    {
        snd_pcm_sw_params_t* parameters = null;
        int code = library.snd_pcm_sw_params_malloc(&parameters);
        if (code < 0)
        {
            return code;
        }

        try
        {
            ulong boundary = 0;
            code = FirstError(
                library.snd_pcm_sw_params_current(pcm, parameters),
                library.snd_pcm_sw_params_get_boundary(parameters, &boundary),
                library.snd_pcm_sw_params_set_avail_min(pcm, parameters, (ulong)shape.PeriodFrames),
                library.snd_pcm_sw_params_set_start_threshold(pcm, parameters, boundary),
                library.snd_pcm_sw_params_set_stop_threshold(pcm, parameters, (ulong)shape.BufferFrames),
                library.snd_pcm_sw_params_set_tstamp_mode(pcm, parameters, snd_pcm_tstamp_t.SND_PCM_TSTAMP_ENABLE));
            if (code < 0)
            {
                return code;
            }

            if (library.snd_pcm_sw_params_set_tstamp_type != null)
            {
                // A driver that cannot is found out by its stamps, which then are not near our clock.
                library.snd_pcm_sw_params_set_tstamp_type(pcm, parameters, snd_pcm_tstamp_type_t.SND_PCM_TSTAMP_TYPE_MONOTONIC);
            }

            return library.snd_pcm_sw_params(pcm, parameters);
        }
        finally
        {
            library.snd_pcm_sw_params_free(parameters);
        }
    }

    private static int FirstError(params ReadOnlySpan<int> codes)
    {
        foreach (int code in codes)
        {
            if (code < 0)
            {
                return code;
            }
        }

        return 0;
    }
}
