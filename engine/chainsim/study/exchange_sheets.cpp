#include <chainsim/io/file.hpp>
#include <chainsim/sheets/sheets.hpp>
#include <chainsim/study/detail/draft.hpp>
#include <chainsim/study/exchange.hpp>

#include <utility>

namespace chainsim::study {

namespace fs = std::filesystem;

std::vector<ExportedFile> export_sheets(const Study& study, bool byte_order_mark) {
    std::vector<ExportedFile> out;
    for (auto& file :
         sheets::to_sheets(study.scenario().inputs, study.main_input(), byte_order_mark)) {
        out.push_back({std::move(file.path), std::move(file.text)});
    }
    return out;
}

ImportedDistrict import_sheets(const fs::path& tables, const fs::path& target) {
    const auto imported = sheets::from_sheets(tables);
    const detail::SignalsLater later;
    detail::Draft draft(target);
    draft.fill([&imported](const fs::path& folder) {
        for (const auto& file : imported.files) {
            const auto path = folder / file.path;
            std::error_code error;
            fs::create_directories(path.parent_path(), error);
            if (error) {
                detail::fail("make", path.parent_path(), error);
            }
            io::write_file(path, file.text);
        }
        try {
            (void)open(folder / imported.main_input); // whether it can be read
        } catch (const InputError& error) {
            throw InputError(imported.of_cells(error.diagnostics()));
        }
    });
    draft.publish_new();
    return {imported.files.size(), target / imported.main_input};
}

} // namespace chainsim::study
