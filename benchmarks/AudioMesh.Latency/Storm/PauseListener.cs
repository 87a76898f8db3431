// SPDX-License-Identifier: MIT
using System.Diagnostics.Tracing;

namespace AudioMesh.Latency.Storm;

/// <summary>The longest time for which this process's runtime held all its threads, from the runtime's own events.</summary>
internal sealed class PauseListener : EventListener
{
    private const int SuspendBegin = 9;
    private const int RestartEnd = 3;
    private const EventKeywords GarbageCollection = (EventKeywords)1;
    private DateTime? _suspended;
    private long _longestTicks;

    public double LongestMs => TimeSpan.FromTicks(Interlocked.Read(ref _longestTicks)).TotalMilliseconds;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
        {
            EnableEvents(eventSource, EventLevel.Informational, GarbageCollection);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventId == SuspendBegin)
        {
            _suspended = eventData.TimeStamp;
        }
        else if (eventData.EventId == RestartEnd && _suspended is { } began)
        {
            Interlocked.Exchange(ref _longestTicks, Math.Max(_longestTicks, (eventData.TimeStamp - began).Ticks));
            _suspended = null;
        }
    }
}
