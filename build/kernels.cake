// SPDX-License-Identifier: MIT
const string KernelCompiler = "native/kernels/compile.sh";
const string KernelVersions = "native/kernels/compilers.txt";
const string CompiledKernels = "src/AudioMesh.Compute/Kernels/Compiled";

/// Compiles every kernel anew, validates it, and notes what with. Nothing is changed where one does not compile.
void CompileKernels()
{
    string fresh = "artifacts/kernels";
    CleanDirectory(fresh);
    Step("compiling the kernels", KernelCompiler, fresh);
    RunLogged(KernelVersions, TimeSpan.FromSeconds(10), KernelCompiler, "--versions");
    CleanDirectory(CompiledKernels);
    CopyFiles($"{fresh}/*.*", CompiledKernels);
}
