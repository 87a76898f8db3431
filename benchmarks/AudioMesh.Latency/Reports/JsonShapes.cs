// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using AudioMesh.Latency.Canary;
using AudioMesh.Latency.Crowd;
using AudioMesh.Latency.Drift;
using AudioMesh.Latency.Gpu;
using AudioMesh.Latency.Impulse;
using AudioMesh.Latency.Ramp;
using AudioMesh.Latency.Starts;
using AudioMesh.Latency.Storm;

namespace AudioMesh.Latency.Reports;

/// <summary>Everything this program writes or reads as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(TrialResult))]
[JsonSerializable(typeof(CanaryReport))]
[JsonSerializable(typeof(StormReport))]
[JsonSerializable(typeof(StormReport[]))]
[JsonSerializable(typeof(LatencyReport))]
[JsonSerializable(typeof(RampReport[]))]
[JsonSerializable(typeof(GpuClockReport))]
[JsonSerializable(typeof(CrowdReport))]
[JsonSerializable(typeof(StartsReport[]))]
[JsonSerializable(typeof(AgentNote))]
[JsonSerializable(typeof(DirectorAnswer))]
[JsonSerializable(typeof(DriftReport))]
internal sealed partial class JsonShapes : JsonSerializerContext;
