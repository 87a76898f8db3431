// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Metal.Interop;

namespace AudioMesh.Compute.Metal;

/// <summary>The kernels that a device has compiled, each once. For any thread.</summary>
internal sealed unsafe class MetalKernels(MetalFramework metal, nint device) : IDisposable
{
    private readonly Dictionary<ComputeKernel, nint> _pipelines = [];
    private readonly Lock _lock = new();

    /// <summary>
    /// The pipeline of a kernel, owned by this. Throws <see cref="AudioErrorKind.Internal"/> with the compiler's words, and
    /// <see cref="AudioErrorKind.LimitExceeded"/> where the device cannot run groups of its size.
    /// </summary>
    public nint PipelineOf(ComputeKernel kernel)
    {
        lock (_lock)
        {
            if (!_pipelines.TryGetValue(kernel, out nint pipeline))
            {
                using AutoreleasePool pool = metal.ObjC.OpenPool();
                pipeline = Compile(kernel);
                _pipelines.Add(kernel, pipeline);
            }

            return pipeline;
        }
    }

    public static MTLSize ThreadsOf(ComputeKernel kernel) => new(kernel.GroupSize.X, kernel.GroupSize.Y, kernel.GroupSize.Z);

    public void Dispose()
    {
        foreach (nint pipeline in _pipelines.Values)
        {
            metal.ObjC.Release(pipeline);
        }

        _pipelines.Clear();
    }

    /// <summary>With fast math off: the same bits as everywhere else are the point of it.</summary>
    private nint Compile(ComputeKernel kernel)
    {
        nint error = 0;
        nint options = metal.Foundation.New(nameof(MTLCompileOptions));
        metal.CompileOptions.setFastMathEnabled_(options, false);
        nint library = metal.Device.newLibraryWithSource_options_error_(device, metal.Foundation.String(kernel.Msl), options, &error);
        metal.ObjC.Release(options);
        nint function = library == 0 ? 0 : metal.Library.newFunctionWithName_(library, metal.Foundation.String(kernel.Name));
        metal.ObjC.Release(library);
        nint pipeline = function == 0 ? 0 : metal.Device.newComputePipelineStateWithFunction_error_(device, function, &error);
        metal.ObjC.Release(function);
        if (pipeline == 0)
        {
            string why = error == 0 ? "it has no such function" : metal.Foundation.Description(error);
            throw new AudioMeshException(AudioErrorKind.Internal, $"Metal does not take the kernel {kernel.Name}: {why}");
        }

        ThrowIfTooLarge(kernel, pipeline);
        return pipeline;
    }

    private void ThrowIfTooLarge(ComputeKernel kernel, nint pipeline)
    {
        ulong most = metal.Pipeline.maxTotalThreadsPerThreadgroup(pipeline);
        ulong needed = ThreadsOf(kernel).Count;
        if (needed > most)
        {
            metal.ObjC.Release(pipeline);
            throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"{kernel.Name} runs in groups of {needed}; the device takes at most {most}.");
        }
    }
}
