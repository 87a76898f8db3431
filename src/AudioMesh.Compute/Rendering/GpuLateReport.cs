// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Compute.Rendering;

/// <summary>Adds up frames that the GPU was late with, and reports them when that is over for a tenth of a second, and once a second while it lasts.</summary>
[RealtimeSafe]
internal sealed class GpuLateReport(RenderEventKind kind)
{
    private const int QuietParts = 10;

    private long _frames;
    private long _predicted;
    private long _quietFrames;

    /// <summary>So many frames more by the end of this block, or 0, and how many of them were predicted.</summary>
    public void Add(in RenderContext context, int node, int rate, long frames, long predicted)
    {
        _frames += frames;
        _predicted += predicted;
        _quietFrames = frames > 0 ? 0 : _quietFrames + context.Frames;
        bool isDue = _frames >= rate || (_frames > 0 && _quietFrames * QuietParts >= rate);
        if (isDue && context.Events.TryPush(new RenderEvent(kind, RenderCause.GpuLate, node, context.OutputTime, _frames, 0, _predicted)))
        {
            _frames = 0;
            _predicted = 0;
        }
    }
}
