#include "downloads.hpp"

#include "scratch_folder.hpp"
#include "zip.hpp"
#include <chainsim/io/file.hpp>
#include <chainsim/study/exchange.hpp>
#include <chainsim/study/workbook.hpp>
#include <chainsim/view/view.hpp>

#include <fmt/format.h>

#include <cctype>

namespace chainsim::workbench {

namespace {

struct FileKind {
    std::string ending;
    std::string type;
};

/// An id is any text of the scenario: of it only letters and digits go into a header.
std::string plain_name(const std::string& id) {
    std::string name;
    for (const char letter : id) {
        const auto byte = static_cast<unsigned char>(letter);
        name += byte < 0x80 && std::isalnum(byte) != 0 ? letter : '_';
    }
    return name;
}

Answer file_answer(const std::string& id, const FileKind& kind, std::string content) {
    return {Status::done,
            kind.type,
            std::move(content),
            {{"Content-Disposition",
              fmt::format(R"(attachment; filename="{}.{}")", plain_name(id), kind.ending)}}};
}

std::string workbook_of(const study::Run& run, table::Language language) {
    const ScratchFolder scratch; // the library writes files alone
    const auto file = scratch.path() / "run.xlsx";
    study::write_workbook(run, file, language);
    return io::read_file(file);
}

Shown solved(UserSession& session) {
    auto now = session.current();
    if (const auto& failure = now.run->failure()) {
        throw study::NoSolution(failure->message);
    }
    return now;
}

} // namespace

Answer download(UserSession& session, const std::string& kind, table::Language language) {
    const auto& scenario = session.scenario().origin().study().scenario();
    if (kind == "yaml") {
        const auto id = scenario.id + "_moved";
        return file_answer(id, {"yaml", "application/yaml"},
                           session.scenario_text(id, scenario.name));
    }
    if (kind == "xlsx") {
        return file_answer(
            scenario.id,
            {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
            workbook_of(*solved(session).run, language));
    }
    if (kind == "csv") {
        constexpr bool byte_order_mark = true; // by which spreadsheets know UTF-8
        return file_answer(scenario.id, {"zip", "application/zip"},
                           to_zip(study::export_csv(*solved(session).run, byte_order_mark)));
    }
    if (kind == "html") {
        view::ViewRequest request;
        request.studies.push_back(session.current().study);
        request.language = language;
        return file_answer(scenario.id, {"html", "text/html; charset=utf-8"},
                           view::report_html(request));
    }
    throw Refusal(Status::not_found, "there is no such download: xlsx, csv, html, yaml");
}

} // namespace chainsim::workbench
